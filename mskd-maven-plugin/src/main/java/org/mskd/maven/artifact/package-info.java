/**
 * Models as Maven artifacts of the type {@code mskd}: their coordinates, how they are resolved,
 * which models of an experiment become which artifacts, and the report as a zip. {@link
 * org.mskd.maven.artifact.SignedArtifacts} finds the detached signature that lies beside an
 * artifact, and {@link org.mskd.maven.artifact.SignatureCheck} compares both with the keys that the
 * user trusts, {@link org.mskd.maven.artifact.TrustedKeys}.
 */
package org.mskd.maven.artifact;
