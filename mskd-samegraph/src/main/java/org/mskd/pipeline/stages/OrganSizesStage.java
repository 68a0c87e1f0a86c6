package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.dataset.DatasetFolder;
import org.mskd.dataset.OrganSizes;
import org.mskd.dataset.SliceStore;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.method.Methods;
import org.mskd.method.Requirements;
import org.mskd.method.SizePrior;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.problem.BadInputException;

/**
 * Measures the sizes of the organs in the data sets that annotate all of them, for all methods that
 * require them and are not given them. A scan that two sets have counts once, and one that is held
 * out does not count.
 */
public final class OrganSizesStage implements Stage {
  private static final String ID = "organ-sizes";

  private final StageContext context;

  public OrganSizesStage(StageContext context) {
    this.context = context;
  }

  /** Whether any method requires sizes that are not given. */
  public static boolean isNeeded(Experiment experiment) {
    return experiment.methods().stream()
        .map(declared -> Methods.installed().of(declared).requirements())
        .anyMatch(Requirements::measuresSizes);
  }

  /** Adds the sizes as an input of a student whose method requires measured ones. */
  static StageSpec in(StageContext context, StageSpec spec, Requirements requirements) {
    return requirements.measuresSizes() ? spec.withOutput("organSizes", idIn(context)) : spec;
  }

  /** All replicates share the sizes; each fold has those of the subjects that it trains on. */
  private static String idIn(StageContext context) {
    return context.folders().fold() > 0 ? context.id(ID) : ID;
  }

  /** The shares that a method requires, in the order of the organs; empty where it needs none. */
  static List<Double> shares(StageContext context, Requirements requirements) {
    if (requirements.measuresSizes()) {
      return OrganSizes.read(ExperimentFolders.organSizesIn(context.folders().organSizes()))
          .shares();
    }
    return requirements.sizePrior().map(SizePrior::given).orElse(List.of());
  }

  @Override
  public String name() {
    return context.name("sizes of organs");
  }

  @Override
  public String id() {
    return idIn(context);
  }

  @Override
  public int steps() {
    return sets().stream()
        .mapToInt(set -> DatasetFolder.apart(set.images(), set.labelFolder()).size())
        .sum();
  }

  private List<MultiOrganSource> sets() {
    return context.experiment().annotatingAll();
  }

  private List<String> organs() {
    return context.experiment().organs();
  }

  @Override
  public StageSpec spec() {
    StageSpec spec =
        context
            .spec(id(), StageKind.ORGAN_SIZES, getClass())
            .with("organs", organs().toString())
            .with("inputSize", Integer.toString(context.experiment().inputSize()));
    for (MultiOrganSource set : sets()) {
      spec = spec.withOutput("prepared." + set.name(), PrepareStage.idFor(set.name()));
    }
    return context.heldOut().isPresent() ? context.heldOut().get().in(spec) : spec;
  }

  @Override
  public List<Path> outputs() {
    return List.of(context.folders().organSizes());
  }

  @Override
  public void run(StageWork work) {
    SortedMap<String, List<Long>> pixels = new TreeMap<>();
    Set<String> voxels = new HashSet<>();
    context.heldOut().ifPresent(held -> voxels.addAll(held.digests(context.folders())));
    int done = 0;
    for (MultiOrganSource set : sets()) {
      done = measure(set, voxels, pixels, done, work.progress());
    }
    if (pixels.isEmpty()) {
      throw new BadInputException(
          "All subjects with labels of all organs are held out, so the sizes of organs are"
              + " unknown.",
          "Hold out fewer subjects, or give a method its <sizePrior>.");
    }
    Path folder = context.folders().in(work.folder()).organSizes();
    new OrganSizes(organs(), pixels).write(ExperimentFolders.organSizesIn(folder));
  }

  /** Returns the number of scans that are done, those before this set included. */
  private int measure(
      MultiOrganSource set,
      Set<String> voxels,
      SortedMap<String, List<Long>> pixels,
      int before,
      StageProgress progress) {
    List<Integer> channels =
        set.organs().stream().map(organ -> organs().indexOf(organ) + 1).toList();
    List<SliceStore> stores = PreparedStores.open(context.folders().prepared(set.name()));
    int done = before;
    try {
      for (SliceStore store : stores) {
        if (voxels.add(store.subject().voxelDigest())) {
          pixels.put(
              set.name() + "/" + store.id(),
              OrganSizes.of(store, channels, organs().size(), context.experiment().inputSize()));
        }
        progress.step(++done);
      }
      return done;
    } finally {
      PreparedStores.close(stores);
    }
  }
}
