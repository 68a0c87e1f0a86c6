package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.List;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.SliceStore;

/** Opens the slice stores that a prepare stage left. */
final class PreparedStores {
  private PreparedStores() {}

  /** The stores of a prepared set, by subject. */
  static List<SliceStore> open(Path folder) {
    return PreparedSet.read(folder).stores().stream().map(SliceStore::open).toList();
  }

  static void close(List<SliceStore> stores) {
    stores.forEach(SliceStore::close);
  }
}
