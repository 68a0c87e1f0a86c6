package org.mskd.maven.artifact;

import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;

/**
 * Whether a key could make a signature at a time, by what its owner signed about it (RFC 9580,
 * section 5.2.3): of the statements about use, and of those about the end, the newest one counts. A
 * newer statement about something else takes neither back. A revocation counts at all times, since
 * a key that its owner gave up must not sign what claims to be older. An expiry counts from its
 * time on, so that a signature does not lose its validity as time passes.
 */
record KeyValidity(TrustedKey signer) {
  private static final long MILLISECONDS = 1000;

  /**
   * What is wrong with the key.
   *
   * @param signed when the signature was made
   * @return such as {@code is revoked by its owner}; empty if nothing is wrong
   */
  Optional<String> objection(Date signed) {
    PGPPublicKey primary = signer.primary();
    PGPPublicKey key = signer.key();
    if (has(primary, PGPSignature.KEY_REVOCATION) || has(key, PGPSignature.SUBKEY_REVOCATION)) {
      return Optional.of("is revoked by its owner");
    }
    SelfSignatures statements = new SelfSignatures(primary);
    List<PGPSignature> ofPrimary = statements.ofPrimary();
    if (ofPrimary.isEmpty()) {
      return Optional.of("has no valid signature of its owner about itself");
    }
    List<PGPSignature> ofKey = signer.isPrimary() ? ofPrimary : statements.ofSubkey(key);
    if (ofKey.isEmpty()) {
      return Optional.of("did not bind the subkey that made the signature");
    }
    if (!isForSigning(ofKey)) {
      return Optional.of("is not meant for signing files");
    }
    if (signed.before(key.getCreationTime())) {
      return Optional.of("was made after the signature");
    }
    return expiry(primary, ofPrimary, signed).or(() -> expiry(key, ofKey, signed));
  }

  private static boolean has(PGPPublicKey key, int type) {
    return key.getSignaturesOfType(type).hasNext();
  }

  /** The newest statement that has a subpacket of a type: the signed ones alone count. */
  private static Optional<PGPSignatureSubpacketVector> newest(List<PGPSignature> about, int type) {
    return about.stream()
        .filter(one -> one.getHashedSubPackets().hasSubpacket(type))
        .max(Comparator.comparing(PGPSignature::getCreationTime))
        .map(PGPSignature::getHashedSubPackets);
  }

  /** Without flags, a primary key may be used for anything. */
  private boolean isForSigning(List<PGPSignature> about) {
    return newest(about, SignatureSubpacketTags.KEY_FLAGS)
        .map(packets -> (packets.getKeyFlags() & KeyFlags.SIGN_DATA) != 0)
        .orElse(signer.isPrimary());
  }

  private static Optional<String> expiry(PGPPublicKey key, List<PGPSignature> about, Date signed) {
    long seconds =
        newest(about, SignatureSubpacketTags.KEY_EXPIRE_TIME)
            .map(PGPSignatureSubpacketVector::getKeyExpirationTime)
            .orElse(0L);
    Date end = new Date(key.getCreationTime().getTime() + seconds * MILLISECONDS);
    return seconds == 0 || signed.before(end)
        ? Optional.empty()
        : Optional.of("expired at " + end.toInstant() + ", before the signature was made");
  }
}
