package org.mskd.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.CaseScores;
import org.mskd.report.content.ReportContent;
import org.mskd.report.picture.PicturedCase;
import org.mskd.volume.Affine;
import org.mskd.volume.ClassMap;
import org.mskd.volume.Grid;
import org.mskd.volume.Volume;
import org.mskd.volume.Voxels;

/** Four made-up scans with two organs and two models. In c2, {@code mskd} finds no kidney. */
final class DrawnCases implements TestCases {
  private static final Grid GRID = new Grid(40, 30, 24, Affine.scaling(8, 8, 5));

  /** Scores of the two models. */
  static ReportContent content() {
    List<CaseScore> teachers = new ArrayList<>();
    List<CaseScore> mskd = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String id = "c" + i;
      teachers.add(CaseScores.found(id, "liver", 0.9 + 0.01 * i, 4, 1));
      teachers.add(CaseScores.found(id, "kidney", 0.8, 4, 1));
      mskd.add(CaseScores.found(id, "liver", 0.88 + 0.01 * i, 4, 1));
      mskd.add(
          i == 2 ? CaseScores.missed(id, "kidney") : CaseScores.found(id, "kidney", 0.85, 4, 1));
    }
    return ReportContents.of(
        List.of("liver", "kidney"),
        ReportContents.model("teachers", teachers),
        ReportContents.model("mskd", mskd));
  }

  @Override
  public <T> T with(String caseId, Function<PicturedCase, T> work) {
    return work.apply(new DrawnCase(caseId));
  }

  private record DrawnCase(String id) implements PicturedCase {
    @Override
    public Voxels scan() {
      Random noise = new Random(id.hashCode());
      float[] hu = new float[GRID.size()];
      for (int z = 0, i = 0; z < GRID.nz(); z++) {
        for (int y = 0; y < GRID.ny(); y++) {
          for (int x = 0; x < GRID.nx(); x++, i++) {
            boolean body = x > 4 && x < 36 && y > 4 && y < 26;
            hu[i] = body ? 40 + 30 * noise.nextFloat() : -1000;
          }
        }
      }
      return new Volume(GRID, hu);
    }

    @Override
    public ClassMap reference() {
      return map(true);
    }

    /** The teachers have the highest mean Dice, so they are the first model. */
    @Override
    public ClassMap prediction(int model) {
      return map(!(model == 1 && id.equals("c2")));
    }

    private static ClassMap map(boolean kidney) {
      byte[] classes = new byte[GRID.size()];
      for (int z = 6; z < 18; z++) {
        for (int y = 10; y < 20; y++) {
          for (int x = 6; x < 16; x++) {
            classes[GRID.index(x + 14, y, z)] = 1;
            if (kidney && x < 10 && y < 14 && z < 12) {
              classes[GRID.index(x, y, z)] = 2;
            }
          }
        }
      }
      return new ClassMap(GRID, classes);
    }
  }
}
