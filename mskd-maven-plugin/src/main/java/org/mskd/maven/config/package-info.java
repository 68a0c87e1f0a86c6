/**
 * From a POM's {@code <configuration>} and the session's {@code -Dmskd.*} properties to the
 * library's records. {@link org.mskd.maven.config.Schema} lists every element there is; {@link
 * org.mskd.maven.config.ConfigurationCheck} and {@link org.mskd.maven.config.UserProperties} refuse
 * what it does not know; {@link org.mskd.maven.config.Section} reads values, the property before
 * the element; {@link org.mskd.maven.config.ExperimentReader} makes the records, whose constants
 * are the defaults, with {@link org.mskd.maven.config.TrainingReader} and {@link
 * org.mskd.maven.config.MethodsReader} for the settings there are most of.
 */
package org.mskd.maven.config;
