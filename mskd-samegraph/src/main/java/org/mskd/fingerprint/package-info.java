/**
 * What a scan looks like, in a few kilobytes: {@link org.mskd.fingerprint.ScanFingerprint} holds
 * intensities, organs, and signatures that find the same patient again or show that a scan is
 * mirrored. {@link org.mskd.fingerprint.FingerprintMaker} makes it in one pass over the planes of a
 * scan.
 */
package org.mskd.fingerprint;
