package org.mskd.maven.artifact;

import java.util.HexFormat;
import java.util.Iterator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;

/**
 * A key that can make signatures, and the certificate it is part of: a primary key with its user
 * ids and subkeys (RFC 9580, section 10.1).
 *
 * @param certificate all keys of one owner
 * @param key the primary key of the certificate, or a subkey
 */
record TrustedKey(PGPPublicKeyRing certificate, PGPPublicKey key) {
  PGPPublicKey primary() {
    return certificate.getPublicKey();
  }

  boolean isPrimary() {
    return key.getKeyIdentifier().equals(primary().getKeyIdentifier());
  }

  /** How messages name it: the primary key's fingerprint, and the first user id if there is one. */
  String named() {
    Iterator<String> ids = primary().getUserIDs();
    String owner = ids.hasNext() ? " (" + ids.next().replaceAll("\\p{Cntrl}", "?") + ")" : "";
    return hex(primary().getFingerprint()) + owner;
  }

  static String hex(byte[] fingerprint) {
    return HexFormat.of().withUpperCase().formatHex(fingerprint);
  }
}
