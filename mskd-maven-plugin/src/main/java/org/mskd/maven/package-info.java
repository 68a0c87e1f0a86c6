/**
 * The goals. {@link org.mskd.maven.ConfiguredMojo} holds their common parameters, which {@link
 * org.mskd.maven.config} reads. A {@link org.mskd.maven.WorkerMojo} runs a {@link
 * org.mskd.maven.worker}, whose progress {@link org.mskd.maven.progress} shows; {@link
 * org.mskd.maven.StatusMojo} needs none.
 */
package org.mskd.maven;
