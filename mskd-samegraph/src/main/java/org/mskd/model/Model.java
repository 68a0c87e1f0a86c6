package org.mskd.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trained network, as read from its archive.
 *
 * @param card its description
 * @param tensors its weights by name, sorted
 * @param digest SHA-256 of its weights file: equal weights under equal names give equal digests
 */
public record Model(ModelCard card, SortedMap<String, Tensor> tensors, String digest) {
  public Model {
    tensors = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, Tensor>) tensors));
  }
}
