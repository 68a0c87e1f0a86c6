package org.mskd.maven.artifact;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.mskd.problem.BadInputException;

/**
 * Reads a file of detached OpenPGP signatures, {@code FILE.asc}; several are one of each signer.
 */
final class DetachedSignature {
  /** A signature takes less than a kilobyte, of post-quantum algorithms tens of kilobytes. */
  private static final long MOST_BYTES = 1L << 20;

  private DetachedSignature() {}

  /**
   * The signatures of a file, at least one.
   *
   * @param named the signed artifact in messages
   * @throws BadInputException if the file cannot be read or holds none, or anything else
   */
  static List<PGPSignature> read(Path file, String named) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw unusable(file, named, "it is larger than 1 MiB", null);
      }
      BcPGPObjectFactory objects =
          new BcPGPObjectFactory(
              PGPUtil.getDecoderStream(new ByteArrayInputStream(Files.readAllBytes(file))));
      List<PGPSignature> signatures = new ArrayList<>();
      for (Object next = objects.nextObject(); next != null; next = objects.nextObject()) {
        if (!(next instanceof PGPSignatureList list)) {
          throw unusable(file, named, "it holds something else", null);
        }
        list.forEach(signatures::add);
      }
      if (signatures.isEmpty()) {
        throw unusable(file, named, "it holds none", null);
      }
      return signatures;
    } catch (IOException | RuntimeException e) {
      throw e instanceof BadInputException known
          ? known
          : unusable(file, named, "it cannot be read", e);
    }
  }

  private static BadInputException unusable(Path file, String named, String why, Exception cause) {
    return new BadInputException(
        "The signature of %s, %s, is no detached OpenPGP signature: %s."
            .formatted(named, file, why),
        "Do not use the model. Delete the file, so that it is fetched again, or ask the signer for"
            + " one that gpg --detach-sign or the maven-gpg-plugin made.",
        cause);
  }
}
