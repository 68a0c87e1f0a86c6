package org.mskd.prediction;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.mskd.dataset.Scan;
import org.mskd.dataset.ScanSlices;
import org.mskd.dataset.SliceSource;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Preprocessing;
import org.mskd.model.Model;
import org.mskd.model.ModelCard;
import org.mskd.volume.ClassMap;
import org.mskd.volume.Grid;

/**
 * A model that predicts scans: a student, or the merged teachers, of which each may have a
 * preprocessing of its own. Their scores are compared on the scan's grid.
 */
public final class VolumeScorer implements AutoCloseable {
  /**
   * Networks that read the same slices.
   *
   * @param own their preprocessing; empty for the experiment's prepared slices
   * @param classes of their organs
   */
  private record Part(SliceScorer scorer, Optional<Preprocessing> own, List<Integer> classes) {}

  /** What networks must have in common to read the same slices. */
  private record Input(Preprocessing preprocessing, int inputSize, Neighbours neighbours) {
    static Input of(ModelCard card) {
      return new Input(card.preprocessing(), card.inputSize(), card.network().neighbours());
    }
  }

  private final List<Part> parts;

  private VolumeScorer(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** A model that reads the prepared slices alone. */
  public static VolumeScorer of(SliceScorer scorer) {
    List<Integer> classes = IntStream.range(1, scorer.classes()).boxed().toList();
    return new VolumeScorer(List.of(new Part(scorer, Optional.empty(), classes)));
  }

  /**
   * The merged teachers.
   *
   * @param teachers in the order of classes 1..K
   * @param batch how many squares a network runs at once
   * @param prepared how the prepared slices were made
   */
  public static VolumeScorer merged(List<Model> teachers, int batch, Preprocessing prepared) {
    Map<Input, List<Integer>> groups = new LinkedHashMap<>();
    for (int k = 0; k < teachers.size(); k++) {
      groups.computeIfAbsent(Input.of(teachers.get(k).card()), any -> new ArrayList<>()).add(k + 1);
    }
    List<Part> parts = new ArrayList<>();
    try {
      groups.forEach(
          (input, classes) ->
              parts.add(
                  new Part(
                      new TeachersScorer(
                          classes.stream().map(c -> teachers.get(c - 1)).toList(), batch),
                      Optional.of(input.preprocessing()).filter(own -> !own.equals(prepared)),
                      classes)));
    } catch (RuntimeException | Error e) {
      parts.forEach(part -> part.scorer().close());
      throw e;
    }
    return new VolumeScorer(parts);
  }

  /**
   * Predicts a scan.
   *
   * @param prepared its prepared slices
   * @param scan reads its voxels, where a network makes slices of its own of them
   * @param grid the scan's, in its file's order
   * @return classes 0..K on the scan's canonical grid
   * @throws org.mskd.problem.BadInputException if a score is NaN or infinite, or the scan does not
   *     fit into a network's slices
   */
  public ClassMap predict(SliceSource prepared, Supplier<Scan> scan, Grid grid) {
    Optional<Scan> voxels =
        parts.stream().anyMatch(part -> part.own().isPresent())
            ? Optional.of(scan.get())
            : Optional.empty();
    List<ScoredSlices> scored = new ArrayList<>();
    for (Part part : parts) {
      SliceSource slices =
          part.own()
              .<SliceSource>map(own -> new ScanSlices(voxels.orElseThrow(), own))
              .orElse(prepared);
      scored.add(new ScoredSlices(part.scorer(), slices, part.classes()));
    }
    return VolumePredictor.predict(scored, grid, PlaneListener.NONE);
  }

  /** Forward passes per slice, over all networks. */
  public int passes() {
    return parts.stream().mapToInt(part -> part.scorer().passes()).sum();
  }

  /** Heads that run in each pass; more than 1 where a head predicts one organ. */
  public int heads() {
    return parts.get(0).scorer().heads();
  }

  /** The number of trained parameters of all networks. */
  public long parameters() {
    return parts.stream().mapToLong(part -> part.scorer().parameters()).sum();
  }

  @Override
  public void close() {
    parts.forEach(part -> part.scorer().close());
  }
}
