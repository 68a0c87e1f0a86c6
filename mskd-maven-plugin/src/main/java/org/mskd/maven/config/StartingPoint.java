package org.mskd.maven.config;

import java.util.List;
import org.mskd.experiment.Network;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.TeacherFile;
import org.mskd.model.ModelCard;
import org.mskd.pipeline.models.GivenTeacher;

/**
 * Defaults of elements that are not given: the values of the first given teacher, since a student
 * must have the same input as its teachers, or those of the preset.
 *
 * @param preprocessing of volumes into slices
 * @param network the U-Net
 * @param inputSize side of the square that a network reads, pixels: a patch, or the whole slice
 */
record StartingPoint(Preprocessing preprocessing, Network network, int inputSize) {
  /**
   * @param teachers the given teachers
   * @param preset the network without a given teacher
   * @throws org.mskd.problem.BadInputException if the first teacher's file is missing, damaged, or
   *     no teacher of its organ
   */
  static StartingPoint of(List<TeacherFile> teachers, Network preset) {
    if (teachers.isEmpty()) {
      return new StartingPoint(Preprocessing.DEFAULT, preset, Preprocessing.DEFAULT.sliceSize());
    }
    ModelCard card = GivenTeacher.read(teachers.get(0)).card();
    return new StartingPoint(card.preprocessing(), card.network(), card.inputSize());
  }

  /**
   * The patch, 0 for the whole slice. It is 0 as well if it does not fit into slices of the given
   * size: then that size is wrong, and the check of the teachers reports it.
   *
   * @param sliceSize side of the experiment's slices, pixels
   */
  int patchSize(int sliceSize) {
    boolean patch = inputSize < preprocessing.sliceSize() && inputSize <= sliceSize;
    return patch ? inputSize : 0;
  }
}
