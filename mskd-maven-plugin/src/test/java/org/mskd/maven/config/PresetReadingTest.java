package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Adam;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Method;
import org.mskd.experiment.Network;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.PlateauSignal;
import org.mskd.experiment.Preset;
import org.mskd.experiment.Training;
import org.mskd.maven.TeacherOnDisk;
import org.mskd.method.MskdMethod;

class PresetReadingTest {
  @TempDir Path folder;

  @Test
  void thePresetSetsTheDefaults() {
    assertEquals(Preset.NNUNET.training(), Pom.experiment(Pom.LIVER, "preset=nnUNet").training());
    assertEquals(Preset.SOURCE.training(), Pom.experiment(Pom.LIVER, "preset=source").training());
    // nnU-Net v1: factor 0.2, patience 30, threshold 1e-3 on the .93/.07 average; amsgrad, 3e-5.
    Training changed = training("<plateauPatience>5</plateauPatience>", "preset=nnunet");
    assertEquals(new Plateau(0.2, 5, 1e-3, PlateauSignal.AVERAGE), changed.schedule());
    assertEquals(new Adam(true, 3e-5, 0), changed.optimizer());
  }

  @Test
  void whatIsGivenOverridesThePreset() {
    String pom =
        Pom.LIVER
            + "<preset>fast</preset><network><depth>3</depth></network>"
            + "<training><epochs>7</epochs></training>"
            + "<distillation><temperature>2</temperature></distillation>";
    Experiment experiment = Pom.experiment(pom);
    assertEquals(16, experiment.network().baseChannels());
    assertEquals(3, experiment.network().depth());
    assertEquals(Preset.FAST.training().toBuilder().epochs(7).build(), experiment.training());
    assertEquals(
        List.of(MskdMethod.student(Distillation.DEFAULT.withLabelWeight(1).withTemperature(2))),
        experiment.methods());
    // The property overrides the element, and so the whole preset.
    assertEquals(
        Network.DEFAULT.baseChannels(),
        Pom.experiment(pom, "preset=source").network().baseChannels());
    assertEquals(7, Pom.experiment(pom, "preset=accurate").training().epochs());
  }

  @Test
  void anOptionOfAScheduleThatThePresetDoesNotHaveIsRefusedWithThePreset() {
    String pom = "<training><plateauFactor>0.5</plateauFactor></training>";
    Pom.assertRefused(
        Pom.LIVER + "<preset>accurate</preset>" + pom,
        "<plateauFactor> of <training> is 0.5, but <schedule> is cosine with <preset> accurate.",
        "leave it out, or set <schedule=plateau>");
    // With the schedule of its own it overrides the preset.
    assertEquals(
        0.5,
        ((Plateau)
                training(
                        "<schedule>plateau</schedule><plateauFactor>0.5</plateauFactor>",
                        "preset=accurate")
                    .schedule())
            .factor());
  }

  /** As one that chooses the schedule does. */
  @Test
  void aPropertyThatChoosesThePresetOverridesThePomsOptionsOfAnotherSchedule() {
    assertEquals(
        Preset.ACCURATE.training().schedule(),
        training("<plateauFactor>0.5</plateauFactor>", "preset=accurate").schedule());
  }

  @Test
  void aPresetSetsEveryMskdStudentAndNoOther() {
    Map<String, Method> students =
        Pom.experiment(Pom.LIVER, "preset=accurate", "methods=mskd,mskd-logits,hinton")
            .methods()
            .stream()
            .collect(Collectors.toMap(Method::name, student -> student));
    assertEquals("1", students.get("mskd").options().get("labelWeight"));
    assertEquals("1", students.get("mskd-logits").options().get("labelWeight"));
    assertEquals(
        Pom.experiment(Pom.LIVER, "methods=hinton").methods(), List.of(students.get("hinton")));
  }

  @Test
  void withoutLabelsAPresetUsesNone() {
    TeacherOnDisk.write(folder.resolve("liver.mskd"), "liver");
    String given =
        "<teachers><teacher><organ>liver</organ><model>liver.mskd</model></teacher></teachers>"
            + "<unlabelled><images><name>a</name><directory>a</directory></images></unlabelled>";
    Experiment experiment =
        new ExperimentReader(Pom.section(folder, given, "preset=accurate")).experiment();
    assertEquals(List.of(MskdMethod.student(Distillation.DEFAULT)), experiment.methods());
    // The teacher's network, not the preset's.
    assertEquals(TeacherOnDisk.NETWORK, experiment.network());
  }

  @Test
  void anUnknownPresetIsRefused() {
    Pom.assertRefused(
        Pom.LIVER + "<preset>nnUNet-v2</preset>",
        "<preset> is nnUNet-v2",
        "source, nnunet, fast or accurate");
  }

  private static Training training(String elements, String... properties) {
    return Pom.experiment(Pom.LIVER + "<training>" + elements + "</training>", properties)
        .training();
  }
}
