package org.mskd.maven.config;

import java.util.List;
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
 * @param teachers the cards of all given teachers
 */
record StartingPoint(Preprocessing preprocessing, Network network, List<ModelCard> teachers) {
  /**
   * @param teachers the given teachers
   * @param preset the network without a given teacher
   * @throws org.mskd.problem.BadInputException if a teacher's file is missing, damaged, or no
   *     teacher of its organ
   */
  static StartingPoint of(List<TeacherFile> teachers, Network preset) {
    if (teachers.isEmpty()) {
      return new StartingPoint(Preprocessing.DEFAULT, preset, List.of());
    }
    List<ModelCard> cards =
        teachers.stream().map(GivenTeacher::read).map(GivenTeacher::card).toList();
    return new StartingPoint(cards.get(0).preprocessing(), cards.get(0).network(), cards);
  }

  /**
   * The patch, 0 for the whole slice. It is that of the teachers if all of them read the same
   * patches of the student's slices. With a patch, teachers run on the student's slices in each
   * step, which others cannot.
   *
   * @param student how the experiment's slices are made
   */
  int patchSize(Preprocessing student) {
    if (teachers.isEmpty()) {
      return 0;
    }
    ModelCard first = teachers.get(0);
    boolean same =
        teachers.stream()
            .allMatch(
                card ->
                    card.preprocessing().equals(student)
                        && card.inputSize() == first.inputSize()
                        && card.network().neighbours().equals(first.network().neighbours()));
    return same && first.inputSize() < student.sliceSize() ? first.inputSize() : 0;
  }
}
