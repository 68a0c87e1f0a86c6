package org.mskd.maven.artifact;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * What the owner of a certificate signed about its keys, as far as the signatures are valid (RFC
 * 9580, section 5.2.1). Those of others, and damaged ones, state nothing.
 *
 * @param primary the owner's primary key
 */
record SelfSignatures(PGPPublicKey primary) {
  /** About the primary key itself and its user ids. */
  List<PGPSignature> ofPrimary() {
    List<PGPSignature> valid = new ArrayList<>();
    primary
        .getSignaturesOfType(PGPSignature.DIRECT_KEY)
        .forEachRemaining(
            one -> addIf(valid, one, primary, () -> one.verifyCertification(primary)));
    primary
        .getRawUserIDs()
        .forEachRemaining(
            id ->
                orEmpty(primary.getSignaturesForID(id))
                    .forEachRemaining(
                        one ->
                            addIf(
                                valid, one, primary, () -> one.verifyCertification(id, primary))));
    return valid;
  }

  /** Those that bind a subkey which agrees to be bound. */
  List<PGPSignature> bindings(PGPPublicKey subkey) {
    List<PGPSignature> valid = new ArrayList<>();
    subkey
        .getSignaturesOfType(PGPSignature.SUBKEY_BINDING)
        .forEachRemaining(
            one ->
                addIf(
                    valid,
                    one,
                    primary,
                    () -> one.verifyCertification(primary, subkey) && isAgreed(one, subkey)));
    return valid;
  }

  /** Without it, a certificate could claim another owner's key as its subkey. */
  private boolean isAgreed(PGPSignature binding, PGPPublicKey subkey) {
    return Stream.of(binding.getHashedSubPackets(), binding.getUnhashedSubPackets())
        .flatMap(SelfSignatures::embedded)
        .anyMatch(
            one ->
                one.getSignatureType() == PGPSignature.PRIMARYKEY_BINDING
                    && holds(one, subkey, () -> one.verifyCertification(primary, subkey)));
  }

  private static Stream<PGPSignature> embedded(PGPSignatureSubpacketVector subpackets) {
    try {
      List<PGPSignature> all = new ArrayList<>();
      subpackets.getEmbeddedSignatures().forEach(all::add);
      return all.stream();
    } catch (PGPException | RuntimeException e) {
      return Stream.empty(); // a damaged one agrees to nothing
    }
  }

  private static Iterator<PGPSignature> orEmpty(Iterator<PGPSignature> signatures) {
    return signatures == null ? List.<PGPSignature>of().iterator() : signatures;
  }

  @FunctionalInterface
  private interface Verification {
    boolean holds() throws PGPException;
  }

  private static void addIf(
      List<PGPSignature> valid, PGPSignature one, PGPPublicKey maker, Verification verification) {
    if (one.getHashedSubPackets() != null
        && !PGPSignature.isRevocation(one.getSignatureType())
        && holds(one, maker, verification)) {
      valid.add(one);
    }
  }

  private static boolean holds(PGPSignature one, PGPPublicKey maker, Verification verification) {
    try {
      if (one.getKeyIdentifiers().stream()
          .noneMatch(issuer -> issuer.matchesExplicit(maker.getKeyIdentifier()))) {
        return false;
      }
      one.init(new BcPGPContentVerifierBuilderProvider(), maker);
      return verification.holds();
    } catch (PGPException | RuntimeException e) {
      return false;
    }
  }
}
