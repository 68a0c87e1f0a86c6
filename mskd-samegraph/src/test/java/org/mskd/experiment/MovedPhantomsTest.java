package org.mskd.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MovedPhantomsTest {
  private static final Path OLD = Path.of("target/drawn").toAbsolutePath();
  private static final Path NEW = Path.of("elsewhere").toAbsolutePath();

  private static Experiment experiment(Optional<Phantoms> phantoms) {
    List<OrganLabel> labels = List.of(new OrganLabel("liver", 1));
    return new ExperimentBuilder()
        .datasets(
            List.of(
                new DatasetSource("liver", OLD.resolve("liver"), null),
                new DatasetSource("spleen", Path.of("/data/spleen"), List.of(2))))
        .multiOrgan(
            List.of(
                new MultiOrganSource(
                    "all",
                    List.of(OLD.resolve("liver/imagesTr"), Path.of("/data/images")),
                    OLD.resolve("all/labelsTr"),
                    labels)))
        .unlabelled(List.of(new UnlabelledSource("more", OLD.resolve("more"))))
        .testSet(Optional.of(new TestSet(OLD.resolve("test"), labels)))
        .phantoms(phantoms)
        .methods(List.of(new Method("mskd", "mskd", null)))
        .build();
  }

  @Test
  void theFoldersBelowThePhantomsMoveAndNoOthers() {
    Experiment given = experiment(Optional.of(Phantoms.defaultsIn(OLD)));
    Experiment moved = MovedPhantoms.to(NEW, given);
    assertEquals(NEW, moved.phantoms().orElseThrow().phantomDirectory());
    assertEquals(NEW.resolve("liver"), moved.datasets().get(0).directory());
    assertEquals(given.datasets().get(1), moved.datasets().get(1));
    assertEquals(
        List.of(NEW.resolve("liver/imagesTr"), Path.of("/data/images")),
        moved.multiOrgan().get(0).images());
    assertEquals(NEW.resolve("all/labelsTr"), moved.multiOrgan().get(0).labelFolder());
    assertEquals(NEW.resolve("more"), moved.unlabelled().get(0).directory());
    assertEquals(NEW.resolve("test"), moved.testSet().orElseThrow().directory());
    // Everything else is the same.
    assertEquals(given, MovedPhantoms.to(OLD, moved));
  }

  @Test
  void withoutPhantomsNothingMoves() {
    Experiment given = experiment(Optional.empty());
    assertSame(given, MovedPhantoms.to(NEW, given));
  }
}
