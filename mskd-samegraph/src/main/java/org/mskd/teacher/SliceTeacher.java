package org.mskd.teacher;

import java.util.List;
import java.util.Optional;
import org.mskd.dataset.SliceRef;
import org.mskd.experiment.FeatureTerms;
import org.mskd.model.Model;
import org.mskd.prediction.SliceNetwork;
import org.mskd.targets.SliceBlock;
import org.mskd.training.SliceSources;

/** One teacher, run on training slices; its outputs are on the student's grid. */
public final class SliceTeacher implements AutoCloseable {
  private final String organ;
  private final TeacherNetwork network;
  private final TeacherInput input;
  private final List<Integer> levels;

  SliceTeacher(String organ, TeacherNetwork network, TeacherInput input, List<Integer> levels) {
    this.organ = organ;
    this.network = network;
    this.input = input;
    this.levels = List.copyOf(levels);
  }

  /**
   * @param features that are compared; empty for logits alone
   */
  static SliceTeacher of(
      Model model, int batch, Optional<FeatureTerms> features, TeacherInput input) {
    return new SliceTeacher(
        model.card().organs().get(0),
        features
            .<TeacherNetwork>map(terms -> new FeatureNetwork(model, batch, terms))
            .orElseGet(() -> new LogitsNetwork(SliceNetwork.of(model, batch))),
        input,
        features.map(FeatureTerms::levels).orElse(List.of()));
  }

  String organ() {
    return organ;
  }

  /** Slices per run. */
  int batch() {
    return network.slices();
  }

  /**
   * Runs the teacher.
   *
   * @param slices at most {@link #batch}; teachers that read the same slices read them once if the
   *     list is the same object
   * @return valid until the next run
   */
  Output run(SliceSources sources, List<SliceRef> slices) {
    float[] images = input.images(sources, slices, batch());
    return new Output(network.run(images, slices.size()), input, levels);
  }

  @Override
  public void close() {
    network.close();
  }

  /** Outputs for some slices. Thread-safe until it is closed. */
  record Output(TeacherNetwork.Run run, TeacherInput input, List<Integer> levels)
      implements AutoCloseable {
    /** Margins of a slice on the student's grid, {@code [size][size]}. */
    float[] margins(int slot) {
      return input.margins(slot, run.margins(slot));
    }

    /** Features of a slice by the positions of the student's grid. */
    SliceBlock.Features features(int slot) {
      List<TeacherInput.PositionMap> maps =
          levels.stream().map(level -> input.positions(slot, 1 << level)).toList();
      return (level, position, channels) ->
          run.features(slot, level, maps.get(level).of(position), channels);
    }

    @Override
    public void close() {
      run.close();
    }
  }
}
