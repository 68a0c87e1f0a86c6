package org.mskd.maven.setup;

/**
 * The plugin that a POM declares.
 *
 * @param groupId of the plugin
 * @param artifactId of the plugin
 * @param version of the plugin
 */
public record PluginVersion(String groupId, String artifactId, String version) {}
