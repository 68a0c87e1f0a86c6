package org.mskd.loss;

import java.util.Arrays;
import org.mskd.graph.kernel.HostFloats;

/** The two passes of a {@link PrototypeLossOp} over the pixels of a batch. */
final class PrototypePasses {
  private final PrototypeSetting setting;
  private final PrototypeShape shape;
  private final PrototypeSums layout;
  private final HostFloats features;
  private final PrototypeClasses classes;
  private final PrototypeAssignment[] assignments = new PrototypeAssignment[2];

  PrototypePasses(PrototypeSetting setting, HostFloats features, PrototypeClasses classes) {
    this.setting = setting;
    this.shape = setting.shape();
    this.layout = new PrototypeSums(shape);
    this.features = features;
    this.classes = classes;
    for (int kind = 0; kind < 2; kind++) {
      assignments[kind] = new PrototypeAssignment(shape, classes.ofKind()[kind]);
    }
  }

  /** Assigns all pixels to prototypes. */
  void assign() {
    PixelBlocks.sum(classes.all().length, 0, (first, count, none) -> addAffinities(first, count));
    for (PrototypeAssignment assignment : assignments) {
      assignment.balance();
    }
  }

  private void addAffinities(int first, int count) {
    Embedding embedding = setting.embedding();
    PrototypeScores[] scores = {setting.scores(0), setting.scores(1)};
    float[] v = new float[PixelBlocks.RUN * shape.channels()];
    int run;
    for (int at = first; at < first + count; at += run) {
      run = Math.min(PixelBlocks.RUN, first + count - at);
      if (classes.any(at, run)) {
        features.get(at * shape.channels(), v, run * shape.channels());
        embedding.load(v, run);
        for (int kind = 0; kind < 2; kind++) {
          scores[kind].loadCosines(embedding, run);
          assignments[kind].add(at, run, scores[kind]);
        }
      }
    }
  }

  /**
   * Loss and gradients, once the pixels are assigned.
   *
   * @param gradient receives that by the features, every element
   * @return as {@link PrototypeSums} lays out
   */
  double[] evaluate(HostFloats gradient) {
    return PixelBlocks.sum(
        classes.all().length,
        layout.length(),
        (first, count, sums) -> new Block(sums).process(first, count, gradient));
  }

  /** A block of pixels, run by run. */
  private final class Block {
    private final double[] sums;
    private final Embedding embedding = setting.embedding();
    private final PrototypeScores[] scores = {setting.scores(0), setting.scores(1)};
    private final Softmax ofClasses = new Softmax(shape.classes(), PixelBlocks.RUN);
    private final Softmax ofPrototypes = new Softmax(shape.all(), PixelBlocks.RUN);
    private final float[] v = new float[PixelBlocks.RUN * shape.channels()];
    private final float[] cosineSlopes = new float[PixelBlocks.RUN * shape.all()];
    private final float[] embeddingSlopes = new float[v.length];
    private final double[] scoreSlopes = new double[shape.classes()];
    private final int[] targets = new int[PixelBlocks.RUN];

    Block(double[] sums) {
      this.sums = sums;
    }

    void process(int first, int count, HostFloats gradient) {
      int channels = shape.channels();
      int run;
      for (int at = first; at < first + count; at += run) {
        run = Math.min(PixelBlocks.RUN, first + count - at);
        if (classes.any(at, run)) {
          features.get(at * channels, v, run * channels);
          embedding.load(v, run);
          Arrays.fill(embeddingSlopes, 0);
          for (int kind = 0; kind < 2; kind++) {
            scores[kind].load(embedding, run);
            Arrays.fill(cosineSlopes, 0);
            addCrossEntropy(kind, at, run);
            addDistances(kind, at, run);
            scores[kind].addEmbeddingSlopes(cosineSlopes, run, embeddingSlopes);
          }
          embedding.back(embeddingSlopes, run, v, sums, layout.embedding());
        } else {
          Arrays.fill(v, 0);
        }
        gradient.put(at * channels, v, run * channels);
      }
    }

    private void addCrossEntropy(int kind, int at, int run) {
      double weight = 1.0 / classes.count();
      ofClasses.loadPlanes(scores[kind].scores, run);
      for (int i = 0; i < run; i++) {
        int own = classes.all()[at + i];
        if (own >= 0) {
          sums[3 * kind] -= weight * ofClasses.log[own * run + i];
          for (int c = 0; c < scoreSlopes.length; c++) {
            scoreSlopes[c] = weight * (ofClasses.p[c * run + i] - (c == own ? 1 : 0));
          }
          scores[kind].back(scoreSlopes, i, run, cosineSlopes, sums, layout.scores());
        }
      }
    }

    /** Contrast and distance, and the sums of embeddings. */
    private void addDistances(int kind, int at, int run) {
      double weight = 1.0 / classes.counts()[kind]; // infinite where it is not used
      double contrast = setting.contrastWeight() * weight;
      ofPrototypes.loadPlanes(scores[kind].cosines, run);
      assignments[kind].prototypes(at, run, targets);
      for (int i = 0; i < run; i++) {
        int target = targets[i];
        if (target >= 0) {
          double off = 1 - scores[kind].cosines[target * run + i];
          sums[3 * kind + 1] -= weight * ofPrototypes.log[target * run + i];
          sums[3 * kind + 2] += weight * off * off;
          for (int p = 0; p < shape.all(); p++) {
            cosineSlopes[p * run + i] += (float) (contrast * ofPrototypes.p[p * run + i]);
          }
          cosineSlopes[target * run + i] -=
              (float) (contrast + 2 * setting.distanceWeight() * weight * off);
          if (scores[kind].predicted(i, run) == target / shape.prototypes()) {
            addEmbedding(layout.embeddings(kind) + target * shape.channels(), i, run);
          }
        }
      }
    }

    private void addEmbedding(int to, int i, int run) {
      for (int d = 0; d < shape.channels(); d++) {
        sums[to + d] += embedding.e[d * run + i];
      }
    }
  }
}
