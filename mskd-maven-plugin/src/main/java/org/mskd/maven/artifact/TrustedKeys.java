package org.mskd.maven.artifact;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.mskd.file.WriteFailure;
import org.mskd.problem.BadInputException;

/**
 * The OpenPGP keys of {@code <trustedKeys>}: those of a file, or of all files in a folder whose
 * names end with .asc, .gpg, .pgp or .key. A file holds public keys, ASCII-armoured or binary, as
 * {@code gpg --armor --export} writes them.
 */
final class TrustedKeys {
  private static final Pattern KEY_FILE = Pattern.compile("(?i)[^.].*\\.(asc|gpg|pgp|key)");
  private static final String EXPORT =
      "Export the signer's public key: gpg --armor --export KEY > FILE.asc.";

  private static final String ARMOR = "-----BEGIN PGP ";
  private static final String PRIVATE = ARMOR + "PRIVATE KEY BLOCK-----";
  private static final long MOST_BYTES = 16L << 20;

  private final Path source;
  private final Map<String, PGPPublicKeyRing> certificates = new LinkedHashMap<>();

  private TrustedKeys(Path source) {
    this.source = source;
  }

  /**
   * Reads the keys.
   *
   * @param source a file, or a folder of files
   * @throws BadInputException if it is missing or empty, or a file holds no public key, a damaged
   *     one, or a secret key
   */
  static TrustedKeys read(Path source) {
    TrustedKeys keys = new TrustedKeys(source);
    for (Path file : files(source)) {
      if (keys.add(file) == 0) {
        throw new BadInputException(file + " of <trustedKeys> holds no public key.", EXPORT);
      }
    }
    return keys;
  }

  private static List<Path> files(Path source) {
    if (Files.isRegularFile(source)) {
      return List.of(source);
    }
    if (!Files.isDirectory(source)) {
      throw new BadInputException("<trustedKeys> " + source + " is missing.", EXPORT);
    }
    try (Stream<Path> all = Files.list(source)) {
      List<Path> files =
          all.filter(file -> KEY_FILE.matcher(file.getFileName().toString()).matches())
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new BadInputException(
            "<trustedKeys> " + source + " holds no file of keys (.asc, .gpg, .pgp or .key).",
            EXPORT);
      }
      return files;
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  /** Adds the keys of a file, and returns their number. */
  private int add(Path file) {
    int added = 0;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new BadInputException(
            file + " of <trustedKeys> is larger than 16 MiB, so is no file of keys.", EXPORT);
      }
      for (byte[] block : blocks(file)) {
        for (PGPPublicKeyRing ring :
            new PGPPublicKeyRingCollection(
                PGPUtil.getDecoderStream(new ByteArrayInputStream(block)),
                new BcKeyFingerprintCalculator())) {
          add(ring);
          added++;
        }
      }
      return added;
    } catch (IOException | PGPException | RuntimeException e) {
      throw e instanceof BadInputException known ? known : unreadable(file, e);
    }
  }

  /** Several copies of a certificate are joined, so that a revocation in one of them counts. */
  private void add(PGPPublicKeyRing ring) throws PGPException {
    String fingerprint = TrustedKey.hex(ring.getPublicKey().getFingerprint());
    PGPPublicKeyRing earlier = certificates.get(fingerprint);
    certificates.put(fingerprint, earlier == null ? ring : PGPPublicKeyRing.join(earlier, ring));
  }

  /** The armoured blocks of a file, or all of a binary one. */
  private static List<byte[]> blocks(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (text.contains(PRIVATE)) {
      throw new BadInputException(
          file + " of <trustedKeys> holds a secret key.",
          "Keep that to yourself, and give the public key: gpg --armor --export KEY > FILE.asc.");
    }
    if (!text.contains(ARMOR)) {
      return List.of(bytes);
    }
    List<byte[]> blocks = new ArrayList<>();
    int start = text.indexOf(ARMOR);
    while (start >= 0) {
      int next = text.indexOf(ARMOR, start + 1);
      String block = text.substring(start, next < 0 ? text.length() : next);
      blocks.add(block.getBytes(StandardCharsets.ISO_8859_1));
      start = next;
    }
    return blocks;
  }

  private static BadInputException unreadable(Path file, Exception e) {
    String reason = e instanceof IOException io ? WriteFailure.reason(io) : e.getMessage();
    return new BadInputException(
        file + " of <trustedKeys> cannot be read as OpenPGP public keys: " + reason + ".",
        EXPORT,
        e);
  }

  /** The key that a signature names as its maker; empty if it is none of these. */
  Optional<TrustedKey> signer(PGPSignature signature) {
    for (PGPPublicKeyRing certificate : certificates.values()) {
      for (PGPPublicKey key : certificate) {
        if (signature.getKeyIdentifiers().stream()
            .anyMatch(issuer -> issuer.matchesExplicit(key.getKeyIdentifier()))) {
          return Optional.of(new TrustedKey(certificate, key));
        }
      }
    }
    return Optional.empty();
  }

  /** The file or folder, for messages. */
  Path source() {
    return source;
  }
}
