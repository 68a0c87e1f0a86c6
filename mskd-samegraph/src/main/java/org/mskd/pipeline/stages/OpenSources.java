package org.mskd.pipeline.stages;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mskd.dataset.ForegroundIndex;
import org.mskd.dataset.SliceStore;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.problem.BadInputException;
import org.mskd.training.Source;

/**
 * Opens the prepared slices of a training's sources. An image with the same voxels as one of an
 * earlier source is left out of multi-organ and unlabelled sources. Single-organ sets keep all
 * images, since each annotates another organ. Subjects that are held out are left out of all.
 */
final class OpenSources {
  private final TrainingData data;
  private final List<Source> sources = new ArrayList<>();
  private final Set<String> voxels = new HashSet<>();
  private final Set<String> heldOut;

  OpenSources(TrainingData data) {
    this.data = data;
    this.heldOut =
        data.heldOut()
            .<Set<String>>map(held -> held.digests(data.context().folders()))
            .orElse(Set.of());
  }

  /** The sources in their declared order, without those that have no image left. */
  List<Source> open() {
    try {
      for (DatasetSource set : data.datasets()) {
        List<SliceStore> stores = opened(set.organ());
        if (stores.isEmpty()) {
          throw allHeldOut(set.organ());
        }
        add(set.organ(), List.of(channel(set.organ())), stores, Optional.empty());
      }
      for (MultiOrganSource set : data.multiOrgan()) {
        List<Integer> channels = set.organs().stream().map(this::channel).toList();
        add(set.name(), channels, withoutRepeated(opened(set.name())), Optional.empty());
      }
      for (UnlabelledSource images : data.unlabelled()) {
        List<SliceStore> stores = withoutRepeated(opened(images.name()));
        add(images.name(), List.of(), stores, foreground(images, stores));
      }
      if (sources.isEmpty()) {
        throw allHeldOut(String.join(", ", data.organs()));
      }
      return List.copyOf(sources);
    } catch (RuntimeException e) {
      sources.forEach(source -> PreparedStores.close(source.stores()));
      throw e;
    }
  }

  /** The channel of an organ; 0 if the network has none for it. */
  private int channel(String organ) {
    return data.organs().indexOf(organ) + 1;
  }

  private List<SliceStore> opened(String name) {
    return without(heldOut, PreparedStores.open(data.context().folders().prepared(name)));
  }

  private List<SliceStore> withoutRepeated(List<SliceStore> stores) {
    return without(voxels, stores);
  }

  private static List<SliceStore> without(Set<String> digests, List<SliceStore> stores) {
    List<SliceStore> kept = new ArrayList<>();
    for (SliceStore store : stores) {
      if (digests.contains(store.subject().voxelDigest())) {
        store.close();
      } else {
        kept.add(store);
      }
    }
    return kept;
  }

  private static BadInputException allHeldOut(String set) {
    return new BadInputException(
        "All subjects with labels of " + set + " are held out, so there is none to train on.",
        "Hold out fewer subjects, or declare another number of <folds>.");
  }

  private void add(
      String name,
      List<Integer> channels,
      List<SliceStore> stores,
      Optional<ForegroundIndex> foreground) {
    if (stores.isEmpty()) {
      return;
    }
    try {
      sources.add(new Source(name, channels, stores, foreground));
    } catch (RuntimeException e) {
      PreparedStores.close(stores);
      throw e;
    }
    stores.forEach(store -> voxels.add(store.subject().voxelDigest()));
  }

  private Optional<ForegroundIndex> foreground(UnlabelledSource images, List<SliceStore> stores) {
    if (!data.needsForeground() || stores.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ForegroundIndex.read(
              ExperimentFolders.foregroundIn(data.context().folders().foreground(images.name()))));
    } catch (RuntimeException e) {
      PreparedStores.close(stores);
      throw e;
    }
  }
}
