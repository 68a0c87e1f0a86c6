package org.mskd.discovery;

import java.nio.file.Path;

/**
 * A folder of volumes that the experiment does not use.
 *
 * @param folder the folder
 * @param reason why; full sentences
 */
public record LeftOut(Path folder, String reason) {}
