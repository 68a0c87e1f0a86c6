package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.SliceStore;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.training.Source;

/**
 * The held-out subjects that a network is scored on, each with the labels of the data set that
 * annotates most of the network's organs, the first of several. Where another set annotates further
 * organs of the same scan, it is scored with the labels of that one too, on those organs alone.
 *
 * @param context of the training
 * @param organs the organs of the network's channels 1..K
 * @param heldOut which subjects are held out
 */
record ScoredSubjects(StageContext context, List<String> organs, HeldOutSubjects heldOut) {
  /**
   * A subject and where its labels come from.
   *
   * @param set the data set
   * @param file its slice store
   * @param channels for each class 1.. of the set's labels the network's channel, 0 for none
   */
  record Scored(String set, Path file, List<Integer> channels) {
    long annotated() {
      return channels.stream().filter(channel -> channel > 0).count();
    }
  }

  /** The data sets that annotate any of the organs, with their organs in the order of classes. */
  private Map<String, List<String>> sets() {
    Experiment experiment = context.experiment();
    Map<String, List<String>> sets = new LinkedHashMap<>();
    for (DatasetSource set : experiment.datasets()) {
      sets.put(set.organ(), List.of(set.organ()));
    }
    for (MultiOrganSource set : experiment.multiOrgan()) {
      sets.put(set.name(), set.organs());
    }
    sets.values().removeIf(annotated -> annotated.stream().noneMatch(organs::contains));
    return sets;
  }

  /** Adds the split and the sets as inputs; no network is trained on these labels. */
  StageSpec in(StageSpec spec) {
    StageSpec all = heldOut.in(spec);
    for (String set : sets().keySet()) {
      all = all.withOutput("scored." + set, PrepareStage.idFor(set));
    }
    return all;
  }

  /** The subjects in the order of the data sets. */
  List<Scored> subjects() {
    Set<String> digests = heldOut.digests(context.folders());
    Map<String, List<Scored>> found = new LinkedHashMap<>();
    sets()
        .forEach(
            (set, annotated) -> {
              List<Integer> channels =
                  annotated.stream().map(organ -> organs.indexOf(organ) + 1).toList();
              for (Path file : PreparedSet.read(context.folders().prepared(set)).stores()) {
                String digest = SliceStore.subject(file).voxelDigest();
                if (digests.contains(digest)) {
                  found
                      .computeIfAbsent(digest, any -> new ArrayList<>())
                      .add(new Scored(set, file, channels));
                }
              }
            });
    return found.values().stream().flatMap(scan -> withoutRepeated(scan).stream()).toList();
  }

  /** Sets of one scan, the one with most organs first; each with organs that no earlier one has. */
  private static List<Scored> withoutRepeated(List<Scored> sets) {
    List<Scored> kept = new ArrayList<>();
    Set<Integer> covered = new HashSet<>();
    sets.stream()
        .sorted(Comparator.comparingLong(set -> -set.annotated()))
        .forEach(
            set -> {
              List<Integer> further =
                  set.channels().stream()
                      .map(channel -> covered.contains(channel) ? 0 : channel)
                      .toList();
              Scored rest = new Scored(set.set(), set.file(), further);
              if (rest.annotated() > 0) {
                kept.add(rest);
                covered.addAll(further);
              }
            });
    return kept;
  }

  /** Opens the slices of all subjects, to be closed by the caller. */
  List<Source> open() {
    List<SliceStore> opened = new ArrayList<>();
    try {
      List<Source> sources = new ArrayList<>();
      for (Scored subject : subjects()) {
        SliceStore store = SliceStore.open(subject.file());
        opened.add(store);
        sources.add(
            new Source(subject.set(), subject.channels(), List.of(store), Optional.empty()));
      }
      return sources;
    } catch (RuntimeException e) {
      PreparedStores.close(opened);
      throw e;
    }
  }
}
