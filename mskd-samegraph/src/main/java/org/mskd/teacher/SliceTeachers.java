package org.mskd.teacher;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Preprocessing;
import org.mskd.model.Model;

/**
 * The teachers of all organs, loaded to be run on training slices.
 *
 * @param each in the order of the student's output channels
 */
public record SliceTeachers(List<SliceTeacher> each) implements AutoCloseable {
  public SliceTeachers {
    each = List.copyOf(each);
  }

  /**
   * Loads them one by one.
   *
   * @param models in the order of the student's output channels
   * @param batch how many squares a network runs at once
   * @param features that are compared; empty for logits alone
   * @param logitsOnly the teachers, from 0, whose features are not compared
   * @param prepared how the prepared slices were made
   * @param scans for teachers of another preprocessing
   */
  public static SliceTeachers load(
      List<Supplier<Model>> models,
      int batch,
      Optional<FeatureTerms> features,
      List<Integer> logitsOnly,
      Preprocessing prepared,
      ScanReader scans) {
    Map<Neighbours, PreparedInput> shared = new HashMap<>();
    List<SliceTeacher> loaded = new ArrayList<>();
    try {
      for (int k = 0; k < models.size(); k++) {
        Model model = models.get(k).get();
        TeacherInput input =
            model.card().preprocessing().equals(prepared)
                ? shared.computeIfAbsent(model.card().network().neighbours(), PreparedInput::new)
                : new ScanInput(model.card(), scans);
        Optional<FeatureTerms> own = logitsOnly.contains(k) ? Optional.empty() : features;
        loaded.add(SliceTeacher.of(model, batch, own, input));
      }
      return new SliceTeachers(loaded);
    } catch (RuntimeException | Error e) {
      loaded.forEach(SliceTeacher::close);
      throw e;
    }
  }

  /** Slices that all of them can run at once. */
  public int batch() {
    return each.stream().mapToInt(SliceTeacher::batch).min().orElseThrow();
  }

  @Override
  public void close() {
    each.forEach(SliceTeacher::close);
  }
}
