package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.SliceStore;

/** Opens the slice stores of a prepared set. */
final class PreparedStores {
  private PreparedStores() {}

  /** The stores of a prepared set, one per subject. If one cannot be opened, all are closed. */
  static List<SliceStore> open(Path folder) {
    List<SliceStore> stores = new ArrayList<>();
    try {
      PreparedSet.read(folder).stores().forEach(file -> stores.add(SliceStore.open(file)));
      return List.copyOf(stores);
    } catch (RuntimeException e) {
      close(stores);
      throw e;
    }
  }

  static void close(List<SliceStore> stores) {
    stores.forEach(SliceStore::close);
  }
}
