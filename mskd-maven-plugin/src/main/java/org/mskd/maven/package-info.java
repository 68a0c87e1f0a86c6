/**
 * The goals. Each says which {@link org.mskd.pipeline.request.Goal} it is; {@link
 * org.mskd.maven.AbstractMskdMojo} holds their common parameters, has the configuration read by
 * {@link org.mskd.maven.config}, and the work done by a {@link org.mskd.maven.worker}, while {@link
 * org.mskd.maven.progress} shows it.
 */
package org.mskd.maven;
