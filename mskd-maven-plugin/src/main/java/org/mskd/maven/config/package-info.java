/**
 * From a POM's {@code <configuration>} and the session's {@code -Dmskd.*} properties to the
 * library's records. {@link org.mskd.maven.config.Schema} lists every element; {@link
 * org.mskd.maven.config.ConfigurationCheck} and {@link org.mskd.maven.config.MskdProperties} reject
 * unknown ones; {@link org.mskd.maven.config.Section} reads values, where a property overrides the
 * element; {@link org.mskd.maven.config.ExperimentReader} makes the records, whose constants are
 * the defaults, with {@link org.mskd.maven.config.TrainingReader} and {@link
 * org.mskd.maven.config.MethodsReader} for training settings and methods.
 */
package org.mskd.maven.config;
