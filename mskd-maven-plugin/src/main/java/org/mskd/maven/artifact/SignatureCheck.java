package org.mskd.maven.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.sig.NotationData;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.api.OpenPGPDefaultPolicy;
import org.bouncycastle.openpgp.api.OpenPGPPolicy;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.mskd.file.Sha256;
import org.mskd.problem.BadInputException;

/**
 * Checks that one of the trusted keys made the detached signature of a file (RFC 9580), as GnuPG
 * and the maven-gpg-plugin make them. Digests and keys that no longer resist an attack count as no
 * signature: {@link OpenPGPDefaultPolicy} refuses SHA-1, MD5 and RIPEMD-160, DSA, and RSA below
 * 2000 bits.
 */
final class SignatureCheck {
  private static final OpenPGPPolicy POLICY = new OpenPGPDefaultPolicy();
  private static final int BUFFER = 1 << 16;

  private final TrustedKeys keys;

  SignatureCheck(TrustedKeys keys) {
    this.keys = keys;
  }

  /**
   * Checks a file.
   *
   * @param file the signed file
   * @param signature its detached signature; of several, one has to be good
   * @param named the file in messages, such as {@code org.hospital:liver-teacher:1.2}
   * @return its signer, and the digest of the bytes that the signature was verified over
   * @throws BadInputException if it is not signed by a trusted key, or was changed afterwards
   */
  SignedFile check(Path file, Path signature, String named) {
    Optional<BadInputException> first = Optional.empty();
    List<PGPSignature> made = DetachedSignature.read(signature, named);
    for (PGPSignature one : made) {
      Optional<TrustedKey> signer = keys.signer(one);
      if (signer.isPresent()) {
        MessageDigest digest = Sha256.digest();
        Optional<BadInputException> problem = problem(one, signer.get(), file, digest, named);
        if (problem.isEmpty()) {
          return new SignedFile(signer.get().named(), Sha256.hex(digest));
        }
        first = first.or(() -> problem);
      }
    }
    throw first.orElseGet(() -> unknown(made, named));
  }

  private Optional<BadInputException> problem(
      PGPSignature made, TrustedKey signer, Path file, MessageDigest digest, String named) {
    String by = "The signature of " + named + " by key " + signer.named();
    if (!isUsual(made)) {
      return Optional.of(refused(by + " is none of a file, or has parts that are not known here."));
    }
    Date time = made.getCreationTime();
    if (!POLICY.isAcceptableDocumentSignatureHashAlgorithm(made.getHashAlgorithm(), time)) {
      return Optional.of(refused(by + " uses the weak digest " + digest(made) + "."));
    }
    if (!POLICY.isAcceptablePublicKey(signer.key())) {
      return Optional.of(refused(by + " is by a key of a weak algorithm or length."));
    }
    if (!isOf(made, signer, file, digest)) {
      return Optional.of(
          new BadInputException(
              by + " does not fit " + file + ": one of both was changed or damaged.",
              "Do not use the model. Delete both files, so that they are fetched again; if the"
                  + " error remains, tell the signer."));
    }
    long seconds = made.getHashedSubPackets().getSignatureExpirationTime();
    if (seconds > 0 && time.getTime() + seconds * 1000 <= System.currentTimeMillis()) {
      return Optional.of(refused(by + " has expired."));
    }
    return new KeyValidity(signer)
        .objection(time)
        .map(
            objection ->
                new BadInputException(
                    by + " is not valid: the key " + objection + ".",
                    "Ask the signer for the present state of the key, put it into <trustedKeys> "
                        + keys.source()
                        + ", or use a model that was signed with another key."));
  }

  private static BadInputException refused(String problem) {
    return new BadInputException(
        problem,
        "Ask the signer to sign it again with a present version of GnuPG or of the"
            + " maven-gpg-plugin.");
  }

  /** Whether it signs a file byte by byte and demands nothing that is not known here. */
  private static boolean isUsual(PGPSignature made) {
    return made.getSignatureType() == PGPSignature.BINARY_DOCUMENT
        && made.getHashedSubPackets() != null
        && made.getHashedSubPackets().getSignatureCreationTime() != null
        && POLICY.hasNoCriticalUnknownSubpackets(made)
        && Arrays.stream(made.getHashedSubPackets().getNotationDataOccurrences())
            .noneMatch(NotationData::isCritical);
  }

  private static String digest(PGPSignature made) {
    try {
      return PGPUtil.getDigestName(made.getHashAlgorithm());
    } catch (PGPException e) {
      return "number " + made.getHashAlgorithm();
    }
  }

  /** Verifies a signature; the bytes, read once, are also given to the digest. */
  private static boolean isOf(
      PGPSignature made, TrustedKey signer, Path file, MessageDigest digest) {
    try (InputStream in = Files.newInputStream(file)) {
      made.init(new BcPGPContentVerifierBuilderProvider(), signer.key());
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        made.update(buffer, 0, read);
        digest.update(buffer, 0, read);
      }
      return made.verify();
    } catch (IOException e) {
      throw new BadInputException(
          file + " cannot be read: " + e + ".", "Check its permissions.", e);
    } catch (PGPException | RuntimeException e) {
      return false; // numbers that are no signature of this algorithm
    }
  }

  private BadInputException unknown(List<PGPSignature> made, String named) {
    return new BadInputException(
        "%s is signed by key %s, which is none of <trustedKeys> %s."
            .formatted(named, issuers(made), keys.source()),
        "Do not use the model, unless its signer confirms that fingerprint in another way: then add"
            + " the public key there.");
  }

  private static String issuers(List<PGPSignature> made) {
    return String.join(
        " and ",
        made.stream()
            .flatMap(one -> one.getKeyIdentifiers().stream().limit(1))
            .map(
                id ->
                    id.getFingerprint() == null
                        ? String.format("%016X", id.getKeyId())
                        : TrustedKey.hex(id.getFingerprint()))
            .distinct()
            .toList());
  }
}
