package org.mskd.maven.artifact;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPairGeneratorProvider;

/** An owner of a key who signs files and statements about keys. */
final class Signer {
  static final String ID = "Hospital <key@example.org>";

  /** When keys are made. */
  static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

  final PGPKeyPair pair;

  Signer() throws PGPException {
    this.pair =
        new BcPGPKeyPairGeneratorProvider().get(4, Date.from(START)).generateLegacyEd25519KeyPair();
  }

  PGPPublicKey key() {
    return pair.getPublicKey();
  }

  /** The key with one user id, and a signature about it. */
  PGPPublicKey certified(int flags, Duration validity) throws PGPException {
    return PGPPublicKey.addCertification(key(), ID, about(ID, flags, validity));
  }

  /** A usual certificate: for signing, without an end. */
  PGPPublicKeyRing certificate() throws PGPException {
    return ring(certified(KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA, Duration.ZERO));
  }

  static PGPPublicKeyRing ring(PGPPublicKey... keys) {
    return new PGPPublicKeyRing(List.of(keys));
  }

  PGPSignature about(String id, int flags, Duration validity) throws PGPException {
    return generator(
            PGPSignature.POSITIVE_CERTIFICATION,
            HashAlgorithmTags.SHA256,
            START,
            packets -> {
              packets.setKeyFlags(true, flags);
              if (!validity.isZero()) {
                packets.setKeyExpirationTime(true, validity.toSeconds());
              }
            })
        .generateCertification(id, key());
  }

  PGPSignature revocation() throws PGPException {
    return generator(PGPSignature.KEY_REVOCATION, HashAlgorithmTags.SHA256, START, packets -> {})
        .generateCertification(key());
  }

  /** A statement about the primary key itself, a day younger than that about the user id. */
  PGPSignature aboutKey(Consumer<PGPSignatureSubpacketGenerator> packets) throws PGPException {
    return generator(
            PGPSignature.DIRECT_KEY,
            HashAlgorithmTags.SHA256,
            START.plus(Duration.ofDays(1)),
            packets)
        .generateCertification(key());
  }

  PGPSignature sign(byte[] data, Instant time) throws PGPException {
    return sign(data, PGPSignature.BINARY_DOCUMENT, HashAlgorithmTags.SHA512, time, packets -> {});
  }

  PGPSignature sign(
      byte[] data,
      int type,
      int digest,
      Instant time,
      Consumer<PGPSignatureSubpacketGenerator> further)
      throws PGPException {
    PGPSignatureGenerator generator = generator(type, digest, time, further);
    generator.update(data);
    return generator.generate();
  }

  PGPSignatureGenerator generator(
      int type, int digest, Instant time, Consumer<PGPSignatureSubpacketGenerator> further)
      throws PGPException {
    PGPSignatureGenerator generator =
        new PGPSignatureGenerator(
            new BcPGPContentSignerBuilder(key().getAlgorithm(), digest), key());
    generator.init(type, pair.getPrivateKey());
    PGPSignatureSubpacketGenerator packets = new PGPSignatureSubpacketGenerator();
    packets.setSignatureCreationTime(true, Date.from(time));
    packets.setIssuerFingerprint(false, key());
    further.accept(packets);
    generator.setHashedSubpackets(packets.generate());
    return generator;
  }

  static Path write(Path file, PGPSignature... signatures) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArmoredOutputStream armor = ArmoredOutputStream.builder().build(bytes)) {
      for (PGPSignature one : signatures) {
        one.encode(armor);
      }
    }
    return Files.write(file, bytes.toByteArray());
  }

  static Path write(Path file, PGPPublicKeyRing certificate) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArmoredOutputStream armor = ArmoredOutputStream.builder().build(bytes)) {
      certificate.encode(armor);
    }
    return Files.write(file, bytes.toByteArray());
  }
}
