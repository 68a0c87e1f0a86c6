package org.mskd.maven.artifact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * What the owner of a certificate signed about its keys, as far as the signatures are valid (RFC
 * 9580, section 5.2.1). Of several about the same thing the newest replaces the others (section
 * 5.2.3.10). Those of others, and damaged ones, state nothing.
 *
 * @param primary the owner's primary key
 */
record SelfSignatures(PGPPublicKey primary) {
  /** Where two are of the same second, a revocation counts. */
  private static final Comparator<PGPSignature> AGE =
      Comparator.comparing(PGPSignature::getCreationTime)
          .thenComparing(one -> PGPSignature.isRevocation(one.getSignatureType()));

  /** About the primary key itself, and about each of its user ids that is not revoked. */
  List<PGPSignature> ofPrimary() {
    List<PGPSignature> statements = new ArrayList<>();
    newest(
            primary.getSignaturesOfType(PGPSignature.DIRECT_KEY),
            one -> one.verifyCertification(primary))
        .ifPresent(statements::add);
    primary
        .getRawUserIDs()
        .forEachRemaining(
            id ->
                newest(
                        orEmpty(primary.getSignaturesForID(id)),
                        one -> one.verifyCertification(id, primary))
                    .filter(one -> !PGPSignature.isRevocation(one.getSignatureType()))
                    .ifPresent(statements::add));
    return statements;
  }

  /** The one that binds a subkey which agrees to be bound; none if it is not bound. */
  List<PGPSignature> ofSubkey(PGPPublicKey subkey) {
    return newest(
            subkey.getSignaturesOfType(PGPSignature.SUBKEY_BINDING),
            one -> one.verifyCertification(primary, subkey) && isAgreed(one, subkey))
        .stream()
        .toList();
  }

  /** Without it, a certificate could claim another owner's key as its subkey. */
  private boolean isAgreed(PGPSignature binding, PGPPublicKey subkey) {
    return Stream.of(binding.getHashedSubPackets(), binding.getUnhashedSubPackets())
        .flatMap(SelfSignatures::embedded)
        .anyMatch(
            one ->
                one.getSignatureType() == PGPSignature.PRIMARYKEY_BINDING
                    && holds(one, subkey, by -> by.verifyCertification(primary, subkey)));
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
    boolean holds(PGPSignature one) throws PGPException;
  }

  /** The newest valid signature of the owner. */
  private Optional<PGPSignature> newest(
      Iterator<PGPSignature> signatures, Verification verification) {
    List<PGPSignature> valid = new ArrayList<>();
    signatures.forEachRemaining(
        one -> {
          if (one.getHashedSubPackets() != null && holds(one, primary, verification)) {
            valid.add(one);
          }
        });
    return valid.stream().max(AGE);
  }

  private static boolean holds(PGPSignature one, PGPPublicKey maker, Verification verification) {
    try {
      if (one.getKeyIdentifiers().stream()
          .noneMatch(issuer -> issuer.matchesExplicit(maker.getKeyIdentifier()))) {
        return false;
      }
      one.init(new BcPGPContentVerifierBuilderProvider(), maker);
      return verification.holds(one);
    } catch (PGPException | RuntimeException e) {
      return false;
    }
  }
}
