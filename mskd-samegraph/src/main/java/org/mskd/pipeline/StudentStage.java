package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.dataset.Survey;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Method;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.graph.WeightInit;
import org.mskd.method.LiveTargets;
import org.mskd.method.StudentNetwork;
import org.mskd.model.ModelKind;
import org.mskd.training.FrozenNetwork;
import org.mskd.training.SliceSources;
import org.mskd.training.TrainableNetwork;

/**
 * Distils the student of one method from all teachers, on the images of all data sets and all
 * unlabelled sources.
 *
 * <p>Everything random of every student derives from the experiment's seed and the one name {@value
 * #SEED_NAME}, whatever its method is called: all start from the same weights and see the same
 * batches, moved and scaled in the same way. So methods are compared pair by pair, and what differs
 * between two of them is the loss alone.
 */
final class StudentStage extends NetworkStage {
  private static final String SEED_NAME = "student mskd";

  private final Method method;

  StudentStage(StageContext context, Method method) {
    super(context, ModelKind.STUDENT);
    this.method = method;
  }

  static String idFor(String method) {
    return "student/" + method;
  }

  @Override
  public String name() {
    return "student " + method.name();
  }

  @Override
  public String id() {
    return idFor(method.name());
  }

  @Override
  Path folder() {
    return context().folders().method(method.name());
  }

  @Override
  List<String> organs() {
    return context().experiment().organs();
  }

  @Override
  List<String> sources() {
    return context().experiment().sources();
  }

  @Override
  boolean labelled(String source) {
    return context().experiment().unlabelled().stream().noneMatch(u -> u.name().equals(source));
  }

  @Override
  Optional<String> method() {
    return Optional.of(method.name());
  }

  @Override
  Optional<Survey> survey(String source) {
    return !labelled(source) && SurveyStage.isNeeded(context().experiment())
        ? Optional.of(Survey.read(ExperimentFolders.surveyIn(context().folders().survey(source))))
        : Optional.empty();
  }

  @Override
  boolean usesLabels() {
    return method.distillation().usesLabels();
  }

  @Override
  String seedName() {
    return SEED_NAME;
  }

  @Override
  SortedMap<String, String> ownInputs() {
    SortedMap<String, String> inputs = new TreeMap<>();
    inputs.put("distillation", ExperimentJson.write(method.distillation().effective()));
    context().putTeachers(inputs);
    if (SurveyStage.isNeeded(context().experiment())) {
      for (UnlabelledSource source : context().experiment().unlabelled()) {
        inputs.put(
            "survey." + source.name(), context().outputsOf(SurveyStage.idFor(source.name())));
      }
    }
    return inputs;
  }

  @Override
  TrainableNetwork network(SliceSources sources, long initialSeed) {
    Distillation weights = method.distillation();
    int batch = context().experiment().training().batchSize();
    TrainedModels models = new TrainedModels(context());
    Optional<FeatureTerms> features =
        weights.usesFeatures() ? Optional.of(weights.features()) : Optional.empty();
    List<FrozenNetwork> teachers = new ArrayList<>();
    try {
      for (String organ : organs()) {
        teachers.add(new FrozenNetwork(models.teacher(organ), batch, features));
      }
      return new StudentNetwork(
          context().experiment().network(),
          organs(),
          new LiveTargets(teachers, weights),
          weights,
          batch,
          context().experiment().inputSize(),
          new WeightInit(initialSeed));
    } catch (RuntimeException | Error e) {
      teachers.forEach(FrozenNetwork::close);
      throw e;
    }
  }
}
