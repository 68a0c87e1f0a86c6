package org.mskd.maven.artifact;

/**
 * A file whose signature is good.
 *
 * @param signer fingerprint of the signer's primary key, and user id
 * @param sha256 SHA-256 of the signed bytes, lower-case hexadecimal
 */
record SignedFile(String signer, String sha256) {}
