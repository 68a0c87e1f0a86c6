package org.mskd.dataset.phantom;

import java.nio.file.Path;
import org.mskd.experiment.Phantoms;

/** Draws one set of phantoms over the other until it is killed. */
final class DrawingProcess {
  private DrawingProcess() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    PhantomMaker.make(first(folder), Drawn.QUIET);
    System.out.println("ready"); // with all classes loaded: what follows is drawing
    while (true) {
      PhantomMaker.make(second(folder), Drawn.QUIET);
      PhantomMaker.make(first(folder), Drawn.QUIET);
    }
  }

  static Phantoms first(Path folder) {
    return Drawn.phantoms(folder, 1, 3, "pancreas", "liver");
  }

  static Phantoms second(Path folder) {
    return Drawn.phantoms(folder, 2, 2, "liver", "spleen");
  }
}
