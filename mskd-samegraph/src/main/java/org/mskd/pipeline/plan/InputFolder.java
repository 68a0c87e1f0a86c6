package org.mskd.pipeline.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mskd.dataset.DatasetFolder;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.experiment.TestSet;

/**
 * A folder of images or labels that an experiment declares, or a file of a given model.
 *
 * @param name name for messages, such as {@code the images of <dataset> liver}
 * @param path its path
 * @param isFile whether it is a file
 */
record InputFolder(String name, Path path, boolean isFile) {

  /** All input folders and files of an experiment. */
  static List<InputFolder> of(Experiment experiment) {
    List<InputFolder> all = new ArrayList<>();
    experiment
        .datasets()
        .forEach(source -> addBoth(all, "<dataset> " + source.organ(), source.directory(), "Tr"));
    experiment.multiOrgan().forEach(source -> addAll(all, source));
    experiment.testSet().ifPresent(test -> all.addAll(of(test)));
    experiment
        .unlabelled()
        .forEach(
            source ->
                all.add(
                    new InputFolder(
                        "the <images> " + source.name(),
                        DatasetFolder.imagesIn(source.directory()),
                        false)));
    experiment
        .teachers()
        .forEach(
            given ->
                all.add(new InputFolder("the <teacher> of " + given.organ(), given.model(), true)));
    experiment
        .initialModels()
        .forEach(
            initial ->
                all.add(
                    new InputFolder(
                        "the <initialModel> of " + initial.name(), initial.model(), true)));
    return all;
  }

  /** The images and labels of a test set. */
  static List<InputFolder> of(TestSet test) {
    List<InputFolder> both = new ArrayList<>();
    addBoth(both, "the <testSet>", test.directory(), "Ts");
    return both;
  }

  private static void addAll(List<InputFolder> all, MultiOrganSource source) {
    String of = " of <dataset> " + source.name();
    source.images().forEach(folder -> all.add(new InputFolder("the images" + of, folder, false)));
    all.add(new InputFolder("the labels" + of, source.labelFolder(), false));
  }

  private static void addBoth(List<InputFolder> all, String of, Path directory, String ending) {
    all.add(new InputFolder("the images of " + of, directory.resolve("images" + ending), false));
    all.add(new InputFolder("the labels of " + of, directory.resolve("labels" + ending), false));
  }
}
