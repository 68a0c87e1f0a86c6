/**
 * The goals. {@link org.mskd.maven.ConfiguredMojo} holds their common parameters, which {@link
 * org.mskd.maven.config} reads. A {@link org.mskd.maven.WorkerMojo} has its work done by a {@link
 * org.mskd.maven.worker}, while {@link org.mskd.maven.progress} shows it; {@link
 * org.mskd.maven.StatusMojo} needs none.
 */
package org.mskd.maven;
