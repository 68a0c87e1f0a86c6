/**
 * Models as Maven artifacts of the type {@code mskd}: their coordinates, how they are resolved,
 * which models of an experiment become which artifacts, and the report as a zip.
 */
package org.mskd.maven.artifact;
