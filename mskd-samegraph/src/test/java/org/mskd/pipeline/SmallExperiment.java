package org.mskd.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Evaluation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentBuilder;
import org.mskd.experiment.Method;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Phantoms;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.TeacherFile;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.Training;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.method.MskdMethod;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Tensor;
import org.mskd.model.WeightShapes;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stages.StageContext;

/**
 * A declaration of two organs and a test set whose parts a test changes one by one. Its volumes are
 * mere text: planning looks at names and bytes only. Liver {@code a} is a pair.
 */
public final class SmallExperiment {
  public final Path root;
  public List<String> organs = new ArrayList<>(List.of("liver", "spleen"));
  public List<Integer> liverValues = List.of(1);
  public String liverFolder = "liver";
  public Optional<TestSet> testSet;
  public Optional<Phantoms> phantoms = Optional.empty();
  public Preprocessing preprocessing = new Preprocessing(32, -125, 275, List.of());
  public Network network = new Network(4, 2, Normalization.INSTANCE);
  public Training training = Training.DEFAULT;
  public List<Method> methods = new ArrayList<>(List.of(MskdMethod.student(Distillation.DEFAULT)));

  /** Null for the default. */
  public TeacherOutputs teacherOutputs;

  public Evaluation evaluation = Evaluation.DEFAULT;

  public List<TeacherFile> teachers = new ArrayList<>();
  public List<UnlabelledSource> unlabelled = new ArrayList<>();
  public List<MultiOrganSource> multiOrgan = new ArrayList<>();
  public long seed = 1;
  public int threads = 2;
  public String backend = "cpu";
  public SortedMap<String, String> environment = new TreeMap<>(Map.of("dnnl", "3"));

  public SmallExperiment(Path root) {
    this.root = root;
    this.testSet = Optional.of(testSet("multi", 1, 2));
    for (String image : List.of("liver/imagesTr/a.hdr", "liver/imagesTr/a.img")) {
      write(image, image);
    }
    write("liver/labelsTr/a.nii", "label a");
    subject("spleen/imagesTr/c.nii", "spleen/labelsTr/c.nii");
    subject("multi/imagesTs/t.nii", "multi/labelsTs/t.nii");
    subject("multi/imagesTs/u.nii", "multi/labelsTs/u.nii");
  }

  public TestSet testSet(String folder, int liver, int spleen) {
    return new TestSet(
        root.resolve(folder),
        List.of(new OrganLabel("liver", liver), new OrganLabel("spleen", spleen)));
  }

  public void subject(String image, String label) {
    write(image, "voxels of " + image);
    write(label, "voxels of " + label);
  }

  public void write(String file, String text) {
    try {
      Files.createDirectories(root.resolve(file).getParent());
      Files.writeString(root.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives a teacher as {@code given/ORGAN.mskd}. */
  public void give(String organ, float weight) {
    Path file = root.resolve("given").resolve(organ + ".mskd");
    giveAs(
        file,
        new ModelCard(
            ModelKind.TEACHER,
            network,
            List.of(organ),
            preprocessing,
            training.patchSize() > 0 ? training.patchSize() : preprocessing.sliceSize(),
            1,
            new TreeMap<>(),
            List.of()),
        weight);
    teachers.removeIf(teacher -> teacher.organ().equals(organ));
    teachers.add(new TeacherFile(organ, file));
  }

  /** Weights of the card's network: one as given, the others 0. */
  public static void giveAs(Path file, ModelCard card, float weight) {
    List<Tensor> tensors = new ArrayList<>();
    new WeightShapes(card.architecture())
        .byName()
        .forEach(
            (name, shape) -> {
              int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
              tensors.add(new Tensor(name, shape, new float[count]));
            });
    tensors.get(0).values()[0] = weight;
    ModelArchive.write(file, card, tensors);
  }

  /** Adds two unlabelled images as {@code NAME/*.nii}. */
  public void addImages(String name) {
    write(name + "/x.nii", "voxels of x");
    write(name + "/y_0000.nii", "voxels of y");
    unlabelled.add(new UnlabelledSource(name, root.resolve(name)));
  }

  public Path output() {
    return root.resolve("out");
  }

  public Experiment experiment() {
    List<DatasetSource> datasets =
        organs.stream()
            .map(
                organ ->
                    organ.equals("liver")
                        ? new DatasetSource(organ, root.resolve(liverFolder), liverValues)
                        : new DatasetSource(organ, root.resolve(organ), List.of(1)))
            .toList();
    return new ExperimentBuilder()
        .seed(seed)
        .datasets(datasets)
        .multiOrgan(multiOrgan)
        .unlabelled(unlabelled)
        .teachers(teachers)
        .testSet(testSet)
        .phantoms(phantoms)
        .preprocessing(preprocessing)
        .network(network)
        .training(training)
        .methods(methods)
        .evaluation(evaluation)
        .teacherOutputs(
            Optional.ofNullable(teacherOutputs)
                .orElseGet(() -> TeacherOutputs.defaultFor(training, preprocessing)))
        .build();
  }

  public WorkerRequest request(Goal goal) {
    return WorkerRequest.of(goal, output())
        .withExperiment(experiment())
        .withThreads(threads)
        .withBackend(backend, environment);
  }

  public StageContext context() {
    return new StageContext(
        experiment(), new ExperimentFolders(output()), threads, environment, RunOptions.DEFAULT);
  }
}
