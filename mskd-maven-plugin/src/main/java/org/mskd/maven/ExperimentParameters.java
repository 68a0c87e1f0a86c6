package org.mskd.maven;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.mskd.maven.config.DeclaredValues;
import org.mskd.maven.config.XmlNode;

/**
 * The parameters of all goals. Maven passes them on unchecked, so that every error names the
 * element and the allowed values; the elements of groups are properties too: {@code -Dmskd.NAME}.
 */
abstract class ExperimentParameters extends AbstractMojo {
  /**
   * The values of all elements of network, training and distillation that are not given: those of
   * source (the paper), nnunet (the schedule and the optimizer of nnU-Net v1), fast or accurate
   * (other settings for better scores). Defaults below are source's, nnunet's in brackets.
   */
  @Parameter(property = "mskd.preset", defaultValue = "source")
  private String preset;

  /** Seed of all random choices. */
  @Parameter(property = "mskd.seed", defaultValue = "2021")
  private String seed;

  /**
   * How often teachers and students are trained, each time with the next seed; scores are also
   * given as mean and deviation over the seeds; 1 to 100.
   */
  @Parameter(property = "mskd.replicates", defaultValue = "1")
  private String replicates;

  /** Compute threads, on which results depend. Default: all processors. */
  @Parameter(property = "mskd.threads")
  private String threads;

  /**
   * ND4J backend: {@code auto} (for this CPU) or coordinates {@code
   * groupId:artifactId[:version[:classifier]]}, several separated by commas.
   */
  @Parameter(property = "mskd.backend", defaultValue = "auto")
  private String backend;

  /** The worker's heap, such as 2g. Default: a sixth of the memory, or a third / parallel. */
  @Parameter(property = "mskd.maxHeap")
  private String maxHeap;

  /** The worker's tensors, such as 6g. Default: half of the memory, divided by parallel. */
  @Parameter(property = "mskd.maxOffHeap")
  private String maxOffHeap;

  /**
   * The folder that native libraries are extracted to, from the POM's folder where it is relative.
   * Default: {@code .javacpp/cache} in the home folder, else a temporary folder.
   */
  @Parameter(property = "mskd.nativesCache")
  private String nativesCache;

  /**
   * Further options of the worker's JVM, separated by spaces, after those of jvmArguments. The
   * plugin's own options take precedence.
   */
  @Parameter(property = "mskd.argLine")
  private String argLine;

  /**
   * Options of the worker's JVM, one per {@code <jvmArgument>}, before those of argLine; also
   * another garbage collector. Memory has parameters of its own.
   */
  @Parameter private PlexusConfiguration jvmArguments;

  /**
   * Environment variables of the worker: {@code <ONEDNN_MAX_CPU_ISA>AVX2</ONEDNN_MAX_CPU_ISA>}.
   * Those of native libraries are inputs of the results.
   */
  @Parameter private PlexusConfiguration environment;

  /**
   * The JDK that runs the worker, by requirements of toolchains.xml: {@code
   * <version>[21,22)</version><vendor>temurin</vendor>}. Default: the build's toolchain, else
   * Maven's own Java.
   */
  @Parameter private PlexusConfiguration jdkToolchain;

  /** Iterations between two checkpoints of a training. */
  @Parameter(property = "mskd.checkpointEvery", defaultValue = "250")
  private String checkpointEvery;

  /** Trainings that run side by side, each with all threads. */
  @Parameter(property = "mskd.parallel", defaultValue = "1")
  private String parallel;

  /**
   * Finished models of other parameters that are kept of each teacher and student, to be restored
   * without training; 0 keeps none.
   */
  @Parameter(property = "mskd.keep", defaultValue = "1")
  private String keep;

  /**
   * A folder outside of target for copies of all finished results, from which they are taken after
   * mvn clean, also by other modules and builds.
   */
  @Parameter(property = "mskd.cacheDirectory")
  private String cacheDirectory;

  /** The largest size of the cache. */
  @Parameter(property = "mskd.cacheSize", defaultValue = "20g")
  private String cacheSize;

  /**
   * Stages to run even if nothing changed, separated by commas, such as {@code
   * teacher:liver,student:mskd}.
   */
  @Parameter(property = "mskd.rerun")
  private String rerun;

  /** Whether to read files again although their length and time are unchanged. */
  @Parameter(property = "mskd.reread", defaultValue = "false")
  private String reread;

  /**
   * Whether lock.json holds the names of the cases besides the digests of their voxels. Names may
   * identify patients.
   */
  @Parameter(property = "mskd.lockNames", defaultValue = "false")
  private String lockNames;

  /**
   * The OpenPGP public keys, a file or a folder of files, one of which must have signed each model
   * that is resolved as a Maven artifact. Default: signatures are not checked.
   */
  @Parameter(property = "mskd.trustedKeys")
  private String trustedKeys;

  /**
   * Which pictures of the test cases the report has: none, strips (a few slices of each case), or
   * all.
   */
  @Parameter(property = "mskd.reportImages", defaultValue = "strips")
  private String reportImages;

  /** The largest size of the report's pictures. */
  @Parameter(property = "mskd.reportSize", defaultValue = "100m")
  private String reportSize;

  /** Whether to do nothing. */
  @Parameter(property = "mskd.skip", defaultValue = "false")
  private String skip;

  /** The folder of all results, used by one build at a time. */
  @Parameter(property = "mskd.outputDirectory", defaultValue = "${project.build.directory}/mskd")
  private String outputDirectory;

  /**
   * The data sets: {@code <dataset>} with organ, directory, labelValues, or with name, directory
   * (or imageDirectories and labelDirectory), labels for a set that annotates several organs; both
   * also with backgroundValues (numbers, ranges such as 5-13, or others) and labelGrid (label: the
   * label's header places its voxels, or image: they correspond to the image's; label); with organ
   * also initialModel (the model.mskd that the organ's teacher begins with).
   */
  @Parameter private PlexusConfiguration datasets;

  /**
   * Teachers that were trained before: {@code <teacher>} with organ and model, the path of its
   * {@code model.mskd}, from the POM's folder where it is relative, or artifact, the coordinates
   * {@code groupId:artifactId:version} of a model in a repository. Settings that preprocessing,
   * network and patchSize leave out are those of the first teacher.
   */
  @Parameter private PlexusConfiguration teachers;

  /** CT volumes without labels, for the student alone: {@code <images>} with name and directory. */
  @Parameter private PlexusConfiguration unlabelled;

  /**
   * The multi-organ test set: directory (also {@code -Dmskd.testSetDirectory}), labels with {@code
   * <label>} of organ and value (several where parts of the organ have values of their own),
   * backgroundValues, ignoreValues (left out of the scores) and labelGrid, as of data sets.
   */
  @Parameter private PlexusConfiguration testSet;

  /**
   * Phantoms to be drawn first: phantomDirectory (target/phantoms), phantomOrgans (all of liver,
   * spleen, kidney, pancreas), phantomSubjects (of each data set, 8), phantomTestSubjects (4),
   * phantomSize (voxels in plane, 128), phantomSlices (32), phantomSeed (2021).
   */
  @Parameter private PlexusConfiguration phantoms;

  /**
   * Training subjects that are held out: validationShare (of each labelled data set, 0) or
   * validationSubjects (ids), on which each network is scored after every epoch; folds (5) of
   * cross-validate, and onlyFolds (all), those of them that are trained.
   */
  @Parameter private PlexusConfiguration validation;

  /**
   * Preprocessing of volumes into slices: sliceSize (pixels, 512), window (two HU, -125 275),
   * targetSpacing (mm in plane, or in plane and between slices; none).
   */
  @Parameter private PlexusConfiguration preprocessing;

  /**
   * The U-Net: baseChannels (32), depth (downsamplings, 4), normalization (instance or none;
   * instance), neighbours (slices on each side that are read too, 0 to 3; 0), neighbourDistance (mm
   * from one to the next, 0: adjacent slices; 0), blocks (of the encoder: plain or residual;
   * plain).
   */
  @Parameter private PlexusConfiguration network;

  /**
   * How each network is trained: batchSize (slices, 4), iterationsPerEpoch (250), epochs (4),
   * studentEpochs (of each student; 0: as epochs), learningRate (3e-4), warmupIterations (in which
   * the rate grows linearly; 0), schedule (plateau, polynomial or cosine; plateau),
   * annotatedFraction (of a batch, 0.33), patchSize (pixels, 0: whole slices), plateauFactor (0.8
   * [0.2]), plateauPatience (epochs, 0 [30]), plateauThreshold (of the loss, 1e-3), plateauSignal
   * (epoch or average; epoch [average]), optimizer (adam or sgd; adam), amsgrad (of adam; false
   * [true]), momentum (of sgd; 0.99), weightDecay (0 [3e-5]), gradientClipping (largest norm, 0:
   * none), weightAverage (decay of a moving average of the weights, which is the trained model; 0:
   * none), augmentation (true), augmentationStrength (0 to 3; 1), augmentationKind (light or full;
   * light), deepSupervision (auxiliary outputs in training; false).
   */
  @Parameter private PlexusConfiguration training;

  /**
   * The MS-KD loss: backgroundWeight (1), featureWeight (10), featureLevel (one or several from 0
   * to depth; 1), features (encoder or decoder; encoder), sortFeatures (true), temperature (1),
   * labelWeight (0), regionMasks (true), overlap (sum or winner; sum), maskDownsampling (nearest,
   * max or majority; nearest), lossNormalization (image or region; image), annotatedTargets
   * (false), cutMix (probability of mixing a slice with another one, 0 to 1; 0); and for all
   * methods teacherOutputs (stored or live; stored, live with a patchSize) and maxStore (of each
   * store, such as 500m, 0: live; 8g).
   */
  @Parameter private PlexusConfiguration distillation;

  /**
   * How predictions are scored: surfaceTolerance (of surface Dice, mm, above 0 and at most 100; 2),
   * components (the largest connected components that are kept per organ, also by predict, such as
   * kidney 2, liver 1; all).
   */
  @Parameter private PlexusConfiguration evaluation;

  /**
   * The students: {@code <method>} with name, any element of the loss, and initialModel (the
   * model.mskd that the student begins with); {@code -Dmskd.methods=NAME,NAME} selects them, or of
   * mskd, mskd-logits, mskd-no-background, mskd-no-mask, mskd-no-sort, mskd-level-0 to
   * mskd-level-4. Default: mskd.
   */
  @Parameter private PlexusConfiguration methods;

  /**
   * Whether only teachers are trained, and no student: for a project that shares them, without
   * methods.
   */
  @Parameter(property = "mskd.teachersOnly", defaultValue = "false")
  private String teachersOnly;

  /**
   * The model that is the main artifact of a project with the packaging mskd, such as mskd or
   * teachers/liver; the others have a classifier. Default: the first student, or the only teacher.
   */
  @Parameter(property = "mskd.mainModel")
  private String mainModel;

  /** Whether package attaches the report too, as a zip with the classifier report. */
  @Parameter(property = "mskd.attachReport", defaultValue = "false")
  private String attachReport;

  /**
   * What predict is to do: model (the model.mskd of a student, a teacher or an ensemble of
   * cross-validate, or the coordinates of a model), input (a NIfTI file, or a folder of them),
   * output (the folder of the predictions), probabilities (whether a volume of probabilities is
   * written per organ; false).
   */
  @Parameter private PlexusConfiguration prediction;

  /**
   * What packaged models say about their data: datasetNames (whether data sets of several organs or
   * without labels are named; false), dataLicense (the name of the data's licence, such as
   * CC-BY-SA-4.0; none), dataLicenseFile (its text; none).
   */
  @Parameter private PlexusConfiguration publication;

  /**
   * Rules for the scores; check and run fail if one is violated: {@code <rule>} with metric (dice,
   * surfaceDice, hd95Mm, assdMm, absoluteVolumeDifferenceMl or missed, the number of cases in which
   * nothing of the organ was predicted; distances count such a case as the volume's diagonal),
   * organ (or mean, over the organs; mean), method (or teachers; the first one), and one of
   * minimum, maximum, betterThan (another method) with by (the least margin; 0), or notWorseThan
   * (the lock or the metrics.json of an earlier run) with by (the largest loss; 0).
   */
  @Parameter private PlexusConfiguration rules;

  /**
   * The configuration of these parameters.
   *
   * @param declared what the POM declares
   * @param basedir the POM's folder
   */
  final XmlNode parameters(DeclaredValues declared, Path basedir) {
    List<XmlNode> elements = new ArrayList<>();
    declared.of("preset", preset).ifPresent(elements::add);
    declared.of("seed", seed).ifPresent(elements::add);
    declared.of("replicates", replicates).ifPresent(elements::add);
    declared.of("threads", threads).ifPresent(elements::add);
    declared.of("backend", backend).ifPresent(elements::add);
    declared.of("maxHeap", maxHeap).ifPresent(elements::add);
    declared.of("maxOffHeap", maxOffHeap).ifPresent(elements::add);
    declared.of("nativesCache", nativesCache).ifPresent(elements::add);
    declared.of("argLine", argLine).ifPresent(elements::add);
    declared.of("checkpointEvery", checkpointEvery).ifPresent(elements::add);
    declared.of("parallel", parallel).ifPresent(elements::add);
    declared.of("keep", keep).ifPresent(elements::add);
    declared.of("cacheDirectory", cacheDirectory).ifPresent(elements::add);
    declared.of("cacheSize", cacheSize).ifPresent(elements::add);
    declared.of("rerun", rerun).ifPresent(elements::add);
    declared.of("reread", reread).ifPresent(elements::add);
    declared.of("lockNames", lockNames).ifPresent(elements::add);
    declared.of("trustedKeys", trustedKeys).ifPresent(elements::add);
    declared.of("reportImages", reportImages).ifPresent(elements::add);
    declared.of("reportSize", reportSize).ifPresent(elements::add);
    declared.of("teachersOnly", teachersOnly).ifPresent(elements::add);
    declared.of("mainModel", mainModel).ifPresent(elements::add);
    declared.of("attachReport", attachReport).ifPresent(elements::add);
    declared.of("skip", skip).ifPresent(elements::add);
    declared.of("outputDirectory", outputDirectory(basedir)).ifPresent(elements::add);
    Stream.of(
            jvmArguments,
            environment,
            jdkToolchain,
            datasets,
            teachers,
            unlabelled,
            testSet,
            phantoms,
            validation,
            preprocessing,
            network,
            training,
            distillation,
            evaluation,
            methods,
            prediction,
            publication,
            rules)
        .filter(Objects::nonNull)
        .map(XmlNode::of)
        .forEach(elements::add);
    return XmlNode.configuration(elements);
  }

  /** The output directory. Without a POM, Maven resolves its default only in part. */
  private String outputDirectory(Path basedir) {
    return outputDirectory == null
        ? null
        : outputDirectory.replace("${project.basedir}", basedir.toString());
  }
}
