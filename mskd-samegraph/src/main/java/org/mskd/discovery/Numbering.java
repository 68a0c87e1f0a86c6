package org.mskd.discovery;

import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What the values of a multi-organ label mean.
 *
 * @param labelFolder the folder of the labels
 * @param values all values that the labels hold, without 0
 * @param organOf the organ of each value that means one of the experiment's
 */
record Numbering(Path labelFolder, SortedSet<Integer> values, SortedMap<Integer, String> organOf) {}
