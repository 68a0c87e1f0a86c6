/**
 * The goals. {@link org.mskd.maven.ExperimentParameters} holds their common parameters, which
 * {@link org.mskd.maven.ConfiguredMojo} checks and {@link org.mskd.maven.config} reads. A {@link
 * org.mskd.maven.WorkerMojo} runs a {@link org.mskd.maven.worker}, whose progress {@link
 * org.mskd.maven.progress} shows; {@link org.mskd.maven.StatusMojo} needs none. {@link
 * org.mskd.maven.InitMojo} writes a first POM ({@link org.mskd.maven.setup}).
 */
package org.mskd.maven;
