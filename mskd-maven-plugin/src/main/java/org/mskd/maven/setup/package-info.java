/**
 * The first POM of an experiment, written from the data sets that {@link org.mskd.discovery} found.
 * {@link org.mskd.maven.setup.PomText} is the whole text, {@link
 * org.mskd.maven.setup.ConfigurationText} its configuration; {@link
 * org.mskd.maven.setup.FoundReport} is what the goal prints.
 */
package org.mskd.maven.setup;
