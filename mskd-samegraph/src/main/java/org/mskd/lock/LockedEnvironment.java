package org.mskd.lock;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where an experiment ran.
 *
 * @param classPath the worker's jars: SHA-256 by Maven coordinates
 * @param machine operating system, processor and Java; no result depends on them except through
 *     {@code tensors}
 * @param tensors what the results of tensor computations depend on: threads, engine, versions of
 *     native libraries, instruction set
 */
public record LockedEnvironment(
    SortedMap<String, String> classPath,
    SortedMap<String, String> machine,
    SortedMap<String, String> tensors) {
  public LockedEnvironment {
    classPath = Collections.unmodifiableSortedMap(new TreeMap<>(classPath));
    machine = Collections.unmodifiableSortedMap(new TreeMap<>(machine));
    tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
  }
}
