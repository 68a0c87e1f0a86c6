package org.mskd.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mskd.problem.BadInputException;

/**
 * A folder in the layout of the Medical Segmentation Decathlon and nnU-Net: images in one folder,
 * labels in another, {@code ID.nii.gz}, {@code ID.nii} or {@code ID.hdr} with {@code ID.img}; an
 * image may carry nnU-Net's channel suffix, {@code ID_0000}. Images without labels may also lie in
 * the folder itself. Hidden files, {@code dataset.json} and other files are ignored.
 */
public final class DatasetFolder {
  private static final String CHANNEL = "_0000";

  private DatasetFolder() {}

  /**
   * The subjects of {@code imagesTr} and {@code labelsTr}, by id.
   *
   * @throws BadInputException if a folder is missing or empty, an image or a label is alone, or two
   *     files are of one id
   */
  public static List<Subject> training(Path directory) {
    return subjects(directory, "imagesTr", "labelsTr");
  }

  /** The subjects of {@code imagesTs} and {@code labelsTs}, by id; errors as for training. */
  public static List<Subject> test(Path directory) {
    return subjects(directory, "imagesTs", "labelsTs");
  }

  /**
   * The volumes of a folder without labels, by id: those in it, or in its {@code imagesTr} where it
   * has one.
   *
   * @throws BadInputException if the folder is missing or empty, two files are of one id, or one is
   *     a further channel of another
   */
  public static List<Subject> images(Path directory) {
    VolumeFiles.requireFolder(directory, "a folder of CT volumes, or one that holds imagesTr");
    Map<String, Path> imageOf = new TreeMap<>();
    Map<String, Path> volumes = VolumeFiles.in(imagesIn(directory), "the CT volumes");
    requireOneChannel(volumes);
    volumes.forEach((name, file) -> VolumeFiles.put(imageOf, subjectId(name, Map.of()), file));
    return imageOf.entrySet().stream()
        .map(image -> new Subject(image.getKey(), image.getValue(), Optional.empty()))
        .toList();
  }

  /** Where the volumes of a folder without labels lie: in its {@code imagesTr}, or in it. */
  public static Path imagesIn(Path directory) {
    Path imagesTr = directory.resolve("imagesTr");
    return Files.isDirectory(imagesTr) ? imagesTr : directory;
  }

  /**
   * The subjects of a set whose images lie in several folders and whose labels lie in another, by
   * id; errors as for training.
   */
  public static List<Subject> apart(List<Path> imageFolders, Path labelFolder) {
    return subjects(imageFolders, labelFolder);
  }

  /**
   * The label volumes of a folder, by id, whether or not each has an image.
   *
   * @throws BadInputException if the folder is missing or empty, or two files are of one id
   */
  public static Map<String, Path> labels(Path labelFolder) {
    return VolumeFiles.in(labelFolder, "the label volumes");
  }

  /**
   * The images of a folder, by id, whether or not each has a label.
   *
   * @param labelOf the labels, whose ids decide whether {@code _0000} belongs to an id
   * @throws BadInputException if the folder is missing or empty, or two files are of one id
   */
  public static Map<String, Path> images(Path imageFolder, Map<String, Path> labelOf) {
    Map<String, Path> imageOf = new TreeMap<>();
    VolumeFiles.in(imageFolder, "the CT volumes")
        .forEach((name, file) -> VolumeFiles.put(imageOf, subjectId(name, labelOf), file));
    return imageOf;
  }

  private static List<Subject> subjects(Path directory, String images, String labels) {
    VolumeFiles.requireFolder(directory, "a folder that holds " + images + " and " + labels);
    return subjects(List.of(directory.resolve(images)), directory.resolve(labels));
  }

  private static List<Subject> subjects(List<Path> imageFolders, Path labelFolder) {
    Map<String, Path> labelOf = VolumeFiles.in(labelFolder, "the label volumes");
    Map<String, Path> imageOf = new TreeMap<>();
    for (Path imageFolder : imageFolders) {
      images(imageFolder, labelOf).forEach((id, file) -> VolumeFiles.put(imageOf, id, file));
    }
    List<Subject> subjects = new ArrayList<>();
    imageOf.forEach(
        (id, image) -> {
          if (!labelOf.containsKey(id)) {
            throw new BadInputException(
                image + " has no label: " + labelFolder.resolve(id + ".nii.gz") + " is missing.",
                "Add the label, or move the image out of " + image.getParent() + ".");
          }
          subjects.add(new Subject(id, image, labelOf.get(id)));
        });
    labelOf.forEach(
        (id, label) -> {
          if (!imageOf.containsKey(id)) {
            throw new BadInputException(
                label + " has no image: " + missing(imageFolders, id) + " is missing.",
                "Add the image, or move the label out of " + labelFolder + ".");
          }
        });
    return List.copyOf(subjects);
  }

  private static String missing(List<Path> imageFolders, String id) {
    return imageFolders.stream()
        .map(folder -> folder.resolve(id + ".nii.gz").toString())
        .collect(Collectors.joining(" or "));
  }

  /** Without labels only the name distinguishes a further channel from a subject. */
  private static void requireOneChannel(Map<String, Path> volumes) {
    volumes.forEach(
        (name, file) -> {
          String first = name.replaceFirst("_[0-9]{4}$", CHANNEL);
          if (!first.equals(name) && volumes.containsKey(first)) {
            throw new BadInputException(
                file + " is a further channel of " + volumes.get(first) + "; CT has one.",
                "Keep the CT channel of each subject, as ID"
                    + CHANNEL
                    + ".nii.gz, and move the"
                    + " others out of the folder.");
          }
        });
  }

  /** The suffix is the id's own where a label carries it too, the channel's otherwise. */
  static String subjectId(String name, Map<String, Path> labelOf) {
    boolean channel = name.endsWith(CHANNEL) && name.length() > CHANNEL.length();
    return channel && !labelOf.containsKey(name)
        ? name.substring(0, name.length() - CHANNEL.length())
        : name;
  }
}
