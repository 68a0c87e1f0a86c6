package org.mskd.benchmark.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.mskd.benchmark.network.Claims;
import org.mskd.benchmark.network.FixedWeights;
import org.mskd.benchmark.network.SyntheticSlices;
import org.mskd.experiment.Network;

/**
 * A step of MS-KD (arXiv 2108.02559) according to its equations: every teacher runs on the batch,
 * the logit terms are computed over all pixels and masked, the feature term sorts the channels at
 * every position of the map and is masked.
 */
final class TorchMskd implements Runnable {
  private static final double RATE = 3e-4;
  private static final Scalar FEATURE_WEIGHT = new Scalar(10);
  private static final Scalar TINY = new Scalar(1e-12);

  private final List<TorchUNet> teachers = new ArrayList<>();
  private final TorchUNet student;
  private final Adam optimizer;
  private final Tensor image;
  private final double claimed;

  TorchMskd(Network network, int organs, int batch, int size, MemoryFormat format) {
    image = format.of(Tensor.create(SyntheticSlices.images(batch, size), batch, 1, size, size));
    double shares = 0;
    for (int k = 0; k < organs; k++) {
      SortedMap<String, org.mskd.model.Tensor> weights = FixedWeights.ofTeacher(network, 100 + k);
      float excess = Claims.excess(margins(new TorchUNet(network, weights, format, false)));
      weights.get("head.bias").values()[1] -= excess;
      TorchUNet teacher = new TorchUNet(network, weights, format, false);
      shares += Claims.share(margins(teacher));
      teachers.add(teacher);
    }
    claimed = shares / organs;
    student = new TorchUNet(network, FixedWeights.of(network, organs + 1, 1), format, true);
    optimizer = new Adam(student.parameters(), new AdamOptions(RATE));
  }

  /** The mean fraction of a slice in which a teacher predicts its organ. */
  double claimed() {
    return claimed;
  }

  private float[] margins(TorchUNet teacher) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      Tensor logits = teacher.run(image).logits();
      return TorchArrays.floats(logits.select(1, 1).sub(logits.select(1, 0)));
    }
  }

  /** One step. */
  @Override
  public void run() {
    try (PointerScope scope = new PointerScope()) {
      optimizer.zero_grad();
      List<TorchUNet.Outputs> teacherOutputs = teacherOutputs();
      TorchUNet.Outputs own = student.run(image);
      Tensor logStudent = torch.log_softmax(own.logits(), 1);
      Tensor sortedStudent = sorted(own.features()).add(TINY).log();
      double perPixel = 1.0 / (image.size(0) * image.size(2) * image.size(3));
      Tensor logitTerms = background(teacherOutputs, logStudent);
      Tensor featureTerms = null;
      for (int k = 0; k < teacherOutputs.size(); k++) {
        Tensor mask = mask(teacherOutputs.get(k));
        logitTerms = logitTerms.add(organ(teacherOutputs.get(k), mask, logStudent, k + 1));
        Tensor term = feature(teacherOutputs.get(k), mask, sortedStudent);
        featureTerms = featureTerms == null ? term : featureTerms.add(term);
      }
      double perPosition = 4 * perPixel;
      Tensor loss =
          logitTerms
              .mul(new Scalar(perPixel))
              .add(featureTerms.mul(new Scalar(perPosition)).mul(FEATURE_WEIGHT));
      loss.backward();
      optimizer.step();
      loss.item_float();
    }
  }

  private List<TorchUNet.Outputs> teacherOutputs() {
    try (NoGradGuard guard = new NoGradGuard()) {
      return teachers.stream().map(teacher -> teacher.run(image)).toList();
    }
  }

  /** The pixels in which a teacher predicts its organ, {@code [batch, size, size]}. */
  private static Tensor mask(TorchUNet.Outputs teacher) {
    Tensor logits = teacher.logits();
    return logits.select(1, 1).gt(logits.select(1, 0)).toType(torch.ScalarType.Float);
  }

  /** The sum over pixels of KL(lifted teacher, student) in the organ's region. */
  private static Tensor organ(
      TorchUNet.Outputs teacher, Tensor mask, Tensor logStudent, int channel) {
    Tensor logTeacher = torch.log_softmax(teacher.logits(), 1);
    Tensor no = logTeacher.select(1, 0);
    Tensor yes = logTeacher.select(1, 1);
    Tensor divergence =
        no.exp()
            .mul(no.sub(logStudent.select(1, 0)))
            .add(yes.exp().mul(yes.sub(logStudent.select(1, channel))));
    return divergence.mul(mask).sum();
  }

  /** The same for the mean of all lifted teachers, in the region where none predicts its organ. */
  private static Tensor background(List<TorchUNet.Outputs> teacherOutputs, Tensor logStudent) {
    Scalar organs = new Scalar(teacherOutputs.size());
    Tensor background = null;
    Tensor region = null;
    Tensor divergence = null;
    for (int k = 0; k < teacherOutputs.size(); k++) {
      Tensor logits = teacherOutputs.get(k).logits();
      Tensor probabilities = torch.softmax(logits, 1).div(organs);
      Tensor share = divergence(probabilities.select(1, 1), logStudent.select(1, k + 1));
      Tensor outside = logits.select(1, 1).le(logits.select(1, 0));
      Tensor no = probabilities.select(1, 0);
      background = background == null ? no : background.add(no);
      region = region == null ? outside : region.logical_and(outside);
      divergence = divergence == null ? share : divergence.add(share);
    }
    return divergence.add(divergence(background, logStudent.select(1, 0))).mul(region).sum();
  }

  private static Tensor divergence(Tensor target, Tensor logStudent) {
    return target.mul(target.add(TINY).log().sub(logStudent));
  }

  /** The sum over positions of KL(sorted teacher, sorted student) in the organ's region. */
  private static Tensor feature(TorchUNet.Outputs teacher, Tensor mask, Tensor logStudent) {
    Tensor divergence = divergence(sorted(teacher.features()), logStudent).sum(1);
    LongOptional all = new LongOptional();
    Tensor nearest = mask.slice(1, all, all, 2).slice(2, all, all, 2);
    return divergence.mul(nearest).sum();
  }

  private static Tensor sorted(Tensor features) {
    return torch.sort(torch.softmax(features, 1), 1, false).get0();
  }
}
