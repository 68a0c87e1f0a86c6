package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.dataset.Survey;
import org.mskd.graph.WeightInit;
import org.mskd.method.TeacherNetwork;
import org.mskd.model.ModelKind;
import org.mskd.training.SliceSources;
import org.mskd.training.TrainableNetwork;

/** Trains the teacher of one organ on that organ's own data set. */
final class TeacherStage extends NetworkStage {
  private final String organ;

  TeacherStage(StageContext context, String organ) {
    super(context, ModelKind.TEACHER);
    this.organ = organ;
  }

  static String idFor(String organ) {
    return "teacher/" + organ;
  }

  @Override
  public String name() {
    return "teacher " + organ;
  }

  @Override
  public String id() {
    return idFor(organ);
  }

  @Override
  Path folder() {
    return context().folders().teacher(organ);
  }

  @Override
  List<String> organs() {
    return List.of(organ);
  }

  @Override
  List<String> sources() {
    return List.of(organ);
  }

  @Override
  boolean labelled(String source) {
    return true;
  }

  @Override
  Optional<String> method() {
    return Optional.empty();
  }

  @Override
  Optional<Survey> survey(String source) {
    return Optional.empty();
  }

  @Override
  boolean usesLabels() {
    return true;
  }

  @Override
  String seedName() {
    return name();
  }

  @Override
  SortedMap<String, String> ownInputs() {
    return new TreeMap<>();
  }

  @Override
  TrainableNetwork network(SliceSources sources, long initialSeed) {
    return new TeacherNetwork(
        context().experiment().network(),
        context().experiment().training().batchSize(),
        context().experiment().inputSize(),
        new WeightInit(initialSeed));
  }
}
