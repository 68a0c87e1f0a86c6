package org.mskd.model;

import java.util.List;
import java.util.Optional;

/**
 * A data set that a network was trained on.
 *
 * @param name as it was declared; empty unless names are published
 * @param organs that it annotates; none of a set without labels
 * @param subjects the scans that the network was trained on; held-out ones do not count
 * @param slices of these scans
 * @param digest SHA-256 of the SHA-256 digests of the scans' voxels, sorted, each followed by a
 *     line feed
 */
public record PublishedSet(
    Optional<String> name, List<String> organs, int subjects, int slices, String digest) {
  /**
   * @throws IllegalArgumentException if a component is missing or impossible
   */
  public PublishedSet {
    PublishedValue.present("name", name);
    organs = List.copyOf(PublishedValue.present("organs", organs));
    PublishedValue.notNegative("subjects", subjects);
    PublishedValue.notNegative("slices", slices);
    PublishedValue.digest("digest", digest);
  }
}
