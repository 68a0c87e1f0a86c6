package org.mskd.maven.config;

import java.util.List;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Network;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.TeacherFile;
import org.mskd.model.ModelCard;
import org.mskd.pipeline.models.GivenTeacher;

/**
 * Defaults of elements that are not given: the values of the first given teacher, since a student
 * that reads what its teachers read needs no resampling of their outputs, or those of the preset.
 *
 * @param preprocessing of volumes into slices
 * @param network the U-Net
 * @param teachers the given teachers
 * @param inputSize side of the square that the first of them reads, pixels: a patch, or the whole
 *     slice
 */
record StartingPoint(
    Preprocessing preprocessing, Network network, List<TeacherFile> teachers, int inputSize) {
  /**
   * @param teachers the given teachers
   * @param preset the network without a given teacher
   * @throws org.mskd.problem.BadInputException if the first teacher's file is missing, damaged, or
   *     no teacher of its organ
   */
  static StartingPoint of(List<TeacherFile> teachers, Network preset) {
    if (teachers.isEmpty()) {
      return new StartingPoint(
          Preprocessing.DEFAULT, preset, teachers, Preprocessing.DEFAULT.sliceSize());
    }
    ModelCard card = GivenTeacher.read(teachers.get(0)).card();
    return new StartingPoint(card.preprocessing(), card.network(), teachers, card.inputSize());
  }

  /**
   * The patch, 0 for the whole slice. It is that of the teachers if all of them read the same
   * patches of the student's slices. With a patch, teachers run on the student's slices in each
   * step, which others cannot.
   *
   * @param student how the experiment's slices are made
   * @param neighbours that the student reads
   * @throws org.mskd.problem.BadInputException if the first teacher reads patches, and another
   *     one's file is missing, damaged, or no teacher of its organ
   */
  int patchSize(Preprocessing student, Neighbours neighbours) {
    boolean patch =
        inputSize < student.sliceSize()
            && preprocessing.equals(student)
            && network.neighbours().equals(neighbours);
    return patch && teachers.stream().map(GivenTeacher::read).allMatch(this::readsTheSame)
        ? inputSize
        : 0;
  }

  private boolean readsTheSame(GivenTeacher teacher) {
    return teacher.card().preprocessing().equals(preprocessing)
        && teacher.card().inputSize() == inputSize
        && teacher.card().network().neighbours().equals(network.neighbours());
  }
}
