package org.mskd.maven.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mskd.experiment.Ablation;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Method;
import org.mskd.experiment.Regions;
import org.mskd.problem.BadInputException;

/**
 * Reads which students are trained. Each starts from {@code <distillation>}, but an {@link
 * Ablation} from the method {@code mskd} where the POM gives that elements of its own, so that its
 * row is the one of {@code mskd} less one part. A method's own elements are laid over that. {@code
 * -Dmskd.methods} says which of them, or of the ablations, in which order.
 */
final class MethodsReader {
  private final Distillation common;
  private final Distillation whole;

  private MethodsReader(Distillation common, Distillation whole) {
    this.common = common;
    this.whole = whole;
  }

  static List<Method> read(Section root) {
    Distillation common = distillation(root.section("distillation"), Distillation.DEFAULT);
    Section list = root.section("methods");
    Distillation whole =
        list.items().stream()
            .filter(item -> item.value("name").filter(n -> isWhole(n.text())).isPresent())
            .findFirst()
            .map(item -> item.placed(() -> distillation(item, common)))
            .orElse(common);
    return new MethodsReader(common, whole).methods(list, root.value("methods"));
  }

  private static boolean isWhole(String name) {
    return name.equals(Ablation.WHOLE.methodName());
  }

  private List<Method> methods(Section list, Optional<Value> names) {
    List<Method> declared =
        list.declared()
            ? list.items().stream().map(item -> item.placed(() -> method(item))).toList()
            : List.of(Method.whole(common));
    Method.checkNames(declared);
    List<Method> students = names.map(chosen -> selected(chosen, declared)).orElse(declared);
    EqualStudents.refuse(students);
    return students;
  }

  private Method method(Section section) {
    String name = section.required("name").text();
    Optional<Ablation> ablation = Ablation.named(name);
    Distillation start = ablation.map(a -> a.of(whole)).orElse(common);
    Method method = new Method(name, distillation(section, start));
    ablation
        .filter(a -> !a.isIn(method.distillation()))
        .flatMap(a -> section.value(a.element()))
        .ifPresent(
            undoing -> {
              throw new BadInputException(
                  "%s is %s, which undoes what the name %s stands for."
                      .formatted(undoing.source(), undoing.text(), name),
                  "Leave it out, or choose another name.");
            });
    return method;
  }

  private List<Method> selected(Value names, List<Method> declared) {
    Map<String, Method> known = new LinkedHashMap<>();
    declared.forEach(method -> known.put(method.name(), method));
    for (Ablation ablation : Ablation.values()) {
      String name = ablation.methodName();
      known.putIfAbsent(name, new Method(name, ablation.of(whole)));
    }
    List<Method> selected = new ArrayList<>();
    for (String name : names.asWords("one or several of " + String.join(", ", known.keySet()))) {
      if (!known.containsKey(name)) {
        throw unknown(names, name, known.keySet());
      }
      if (selected.contains(known.get(name))) {
        throw new BadInputException(names.source() + " names " + name + " twice.", "Name it once.");
      }
      selected.add(known.get(name));
    }
    return selected;
  }

  private static BadInputException unknown(Value names, String name, Collection<String> known) {
    String hint =
        NearestName.of(name, known).map(nearest -> "Did you mean " + nearest + "? ").orElse("");
    return new BadInputException(
        names.source() + " names " + name + ", which is no method.",
        hint
            + "Known are "
            + String.join(", ", known)
            + "; add others to <methods> as a <method> with a <name>.");
  }

  private static Distillation distillation(Section section, Distillation d) {
    return new Distillation(
        section.number("backgroundWeight", d.backgroundWeight()),
        section.number("featureWeight", d.featureWeight()),
        section.number("labelWeight", d.labelWeight()),
        section.number("temperature", d.temperature()),
        features(section, d.features()),
        regions(section, d.regions()),
        section.oneOf("lossNormalization", d.normalization()));
  }

  private static FeatureTerms features(Section section, FeatureTerms d) {
    return new FeatureTerms(
        section.value("featureLevel").map(Value::asInts).orElse(d.levels()),
        section.oneOf("features", d.source()),
        section.flag("sortFeatures", d.sorted()));
  }

  private static Regions regions(Section section, Regions d) {
    return new Regions(
        section.flag("regionMasks", d.masks()),
        section.oneOf("overlap", d.overlap()),
        section.oneOf("maskDownsampling", d.downsampling()));
  }
}
