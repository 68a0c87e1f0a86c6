package org.mskd.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of a safetensors file.
 *
 * @param tensors by name, sorted
 * @param metadata the header's {@code __metadata__}; empty where there is none
 */
public record TensorFile(SortedMap<String, Tensor> tensors, SortedMap<String, String> metadata) {
  public TensorFile {
    tensors = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, Tensor>) tensors));
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, String>) metadata));
  }
}
