package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.FeatureSource;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.LossNormalization;
import org.mskd.experiment.MaskDownsampling;
import org.mskd.experiment.Method;
import org.mskd.experiment.Overlap;
import org.mskd.experiment.Regions;
import org.mskd.method.MskdMethod;
import org.mskd.problem.BadInputException;

class MethodsReaderTest {
  private static final Distillation DEFAULT = Distillation.DEFAULT;

  private static List<Method> read(String content, String... properties) {
    return MethodsReader.read(Pom.section(content, properties), Distillation.DEFAULT);
  }

  private static String methods(String... contents) {
    StringBuilder pom = new StringBuilder("<methods>");
    for (String content : contents) {
      pom.append("<method>").append(content).append("</method>");
    }
    return pom.append("</methods>").toString();
  }

  private static String refusal(String content, String... properties) {
    return assertThrows(BadInputException.class, () -> read(content, properties)).getMessage();
  }

  @Test
  void withoutMethodsThereIsMskd() {
    assertEquals(List.of(MskdMethod.student("mskd", DEFAULT)), read(""));
    assertEquals(
        List.of(MskdMethod.student("mskd", DEFAULT.withTemperature(2))),
        read("<distillation><temperature>2</temperature></distillation>"));
  }

  @Test
  void eachStartsFromTheDistillationWithTheChangeOfItsName() {
    String pom =
        "<distillation><temperature>3</temperature></distillation>"
            + methods(
                "<name>mine</name><featureWeight>5</featureWeight>",
                "<name>mskd-logits</name>",
                "<name>mskd-no-background</name><featureWeight>7</featureWeight>",
                "<name>mskd</name>");
    Distillation common = DEFAULT.withTemperature(3).withLabelWeight(0.5);
    assertEquals(
        List.of(
            MskdMethod.student("mine", common.withFeatureWeight(5)),
            MskdMethod.student("mskd-logits", common.withFeatureWeight(0)),
            MskdMethod.student(
                "mskd-no-background", common.withBackgroundWeight(0).withFeatureWeight(7)),
            MskdMethod.student("mskd", common)),
        read(pom, "labelWeight=0.5"));
  }

  @Test
  void anElementOfAMethodOverridesTheProperty() {
    String pom =
        methods(
            "<name>mskd</name>",
            "<name>mine</name><featureWeight>5</featureWeight>",
            "<name>mskd-no-sort</name><featureWeight>2</featureWeight>");
    assertEquals(
        List.of("3", "5", "2"),
        read(pom, "featureWeight=3").stream().map(m -> m.options().get("featureWeight")).toList());
  }

  @Test
  void aMethodMayHaveEveryElementOfTheDistillation() {
    String all =
        """
        <name>mine</name><backgroundWeight>2</backgroundWeight><featureWeight>5</featureWeight>
        <featureLevel>2 0</featureLevel><features>decoder</features>
        <sortFeatures>false</sortFeatures><temperature>4</temperature>
        <labelWeight>0.25</labelWeight><regionMasks>false</regionMasks><overlap>winner</overlap>
        <maskDownsampling>max</maskDownsampling><lossNormalization>region</lossNormalization>
        """;
    Distillation own =
        new Distillation(
            2,
            5,
            0.25,
            4,
            new FeatureTerms(List.of(0, 2), FeatureSource.DECODER, false),
            new Regions(false, Overlap.WINNER, MaskDownsampling.MAX),
            LossNormalization.REGION);
    assertEquals(List.of(MskdMethod.student("mine", own)), read(methods(all)));
  }

  @Test
  void thePropertySelectsAndOrders() {
    String pom =
        methods(
            "<name>mine</name><featureWeight>5</featureWeight>",
            "<name>mskd</name><temperature>2</temperature>");
    assertEquals(
        List.of(
            MskdMethod.student("mskd", DEFAULT.withTemperature(2)),
            MskdMethod.student("mskd-logits", DEFAULT.withTemperature(2).withFeatureWeight(0)),
            MskdMethod.student("mine", DEFAULT.withFeatureWeight(5))),
        read(pom, "methods=mskd,mskd-logits, mine"));
    assertEquals(List.of(MskdMethod.student("mskd", DEFAULT)), read("", "methods=mskd"));
  }

  @Test
  void anAblationIsOneOfTheMethodMskdAsItIsDeclared() {
    Distillation whole = DEFAULT.withTemperature(2).withLabelWeight(0.5);
    String pom =
        "<distillation><temperature>2</temperature></distillation>"
            + methods(
                "<name>mskd-no-background</name><featureWeight>7</featureWeight>",
                "<name>mskd</name><labelWeight>0.5</labelWeight>",
                "<name>mine</name><featureWeight>5</featureWeight>");
    Method declared =
        MskdMethod.student(
            "mskd-no-background", whole.withBackgroundWeight(0).withFeatureWeight(7));
    Method mskd = MskdMethod.student("mskd", whole);
    Method mine = MskdMethod.student("mine", DEFAULT.withTemperature(2).withFeatureWeight(5));
    Method logits = MskdMethod.student("mskd-logits", whole.withFeatureWeight(0));
    assertEquals(List.of(declared, mskd, mine), read(pom));
    assertEquals(
        List.of(mskd, logits, declared), read(pom, "methods=mskd,mskd-logits,mskd-no-background"));
  }

  @ParameterizedTest
  @CsvSource({
    "mskd-logits, featureWeight, 2",
    "mskd-no-background, backgroundWeight, 0.1",
    "mskd-no-mask, regionMasks, true",
    "mskd-no-sort, sortFeatures, true",
    "mskd-level-0, featureLevel, 0 1",
    "mskd-level-4, featureLevel, 3"
  })
  void anAblationCannotContradictItsName(String name, String element, String given) {
    String own = "<%s>%s</%s>".formatted(element, given, element);
    assertEquals(
        "<%s> of <method> 2 is %s, which contradicts the setting that the name %s stands for. Leave it out, or choose another name."
            .formatted(element, given, name),
        refusal(methods("<name>mskd</name>", "<name>" + name + "</name>" + own)));
    assertEquals("mine", read(methods("<name>mine</name>" + own)).get(0).name());
  }

  @Test
  void anAblationMayRepeatItsOwnChange() {
    String own =
        "<name>mskd-logits</name><featureWeight>0</featureWeight><temperature>2</temperature>";
    assertEquals(
        List.of(MskdMethod.student("mskd-logits", DEFAULT.withFeatureWeight(0).withTemperature(2))),
        read(methods(own)));
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "3", "4"})
  void levelsAreMethods(int level) {
    assertEquals(
        Integer.toString(level),
        read("", "methods=mskd-level-" + level).get(0).options().get("featureLevel"));
  }

  @Test
  void masksAndSortCanBeTakenAway() {
    List<Method> both = read("", "methods=mskd-no-mask mskd-no-sort");
    assertEquals(
        List.of(
            MskdMethod.student(
                "mskd-no-mask",
                DEFAULT.withRegions(new Regions(false, Overlap.SUM, MaskDownsampling.NEAREST))),
            MskdMethod.student(
                "mskd-no-sort",
                DEFAULT.withFeatures(new FeatureTerms(List.of(1), FeatureSource.ENCODER, false)))),
        both);
  }

  @Test
  void unknownNamesAreRefusedWithTheKnownOnes() {
    String message = refusal(methods("<name>mine</name>"), "methods=mskd,mskd-logit");
    assertTrue(
        message.startsWith(
            "-Dmskd.methods names mskd-logit, which is not a method. Did you mean mskd-logits?"),
        message);
    assertTrue(message.contains("Known are mine, co-training, conditional, "), message);
    assertTrue(message.contains(", mskd, mskd-logits, mskd-no-"), message);
    String teachers = refusal("", "methods=teachers");
    assertTrue(teachers.startsWith("-Dmskd.methods names teachers, which is no"), teachers);
    assertFalse(teachers.contains("Did you mean"), teachers);
    String empty = refusal("", "methods=");
    assertTrue(empty.startsWith("-Dmskd.methods is empty."), empty);
    assertTrue(
        refusal("", "methods=,").startsWith("-Dmskd.methods is ,."), refusal("", "methods=,"));
  }

  @Test
  void thePropertyNamesEachOnce() {
    assertEquals(
        "-Dmskd.methods names mskd twice. Name it once.",
        refusal(methods("<name>mskd</name>"), "methods=mskd,mskd-logits,mskd"));
    assertEquals(
        "-Dmskd.methods names mskd-logits twice. Name it once.",
        refusal("", "methods=mskd-logits,mskd-logits"));
  }

  @Test
  void namesAreGivenOnceAndNeverTeachers() {
    assertAll(
        () ->
            assertTrue(
                refusal(methods("<name>a</name>", "<temperature>2</temperature>"))
                    .startsWith("<name> of <method> 2 is missing.")),
        () ->
            assertTrue(
                refusal(methods("<name>a</name>", "<name>A</name>"))
                    .startsWith("<methods> declares A twice.")),
        () ->
            assertTrue(
                refusal(methods("<name>a</name>", "<name>a</name>"), "methods=mskd")
                    .startsWith("<methods> declares a twice.")),
        () ->
            assertTrue(
                refusal(methods("<name>a</name>", "<name>Teachers</name>"))
                    .startsWith("<name> of <method> 2 is Teachers. Allowed is any name but")),
        () ->
            assertTrue(
                refusal(methods("<name>../a</name>")).startsWith("<name> of <method> 1 is ../a.")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          featureWeight     | -1    | a number of at least 0
          featureWeight     | five  | a number of at least 0
          temperature       | 0     | a number from 0.25 to 100
          featureLevel      | -1    | one or several different whole numbers from 0 to 7, such as 0 1
          featureLevel      | one   | one or several different whole numbers from 0 to 7, such as 0 1
          features          | both  | encoder or decoder
          sortFeatures      | maybe | true or false
          overlap           | max   | sum or winner
          maskDownsampling  | mean  | nearest, max or majority
          lossNormalization | batch | image or region
          """)
  void aMethodsOwnImpossibleValueIsNamedWithItsPlaceAndNoProperty(
      String name, String given, String allowed) {
    String own = "<name>mine</name><" + name + ">" + given + "</" + name + ">";
    assertEquals(
        "<%s> of <method> 2 is %s. Allowed is %s; change the element."
            .formatted(name, given, allowed),
        refusal(methods("<name>mskd</name>", own)));
  }

  @Test
  void aMethodIsNamedByItsTypeOrItsName() {
    List<Method> read =
        read(
            methods(
                "<name>marginal</name>",
                "<name>alone</name><type>marginal</type><exclusionWeight>0</exclusionWeight>",
                "<name>mine</name>"));
    assertEquals(List.of("marginal", "marginal", "mskd"), read.stream().map(Method::type).toList());
    assertEquals(
        List.of("1", "0"),
        read.subList(0, 2).stream().map(m -> m.options().get("exclusionWeight")).toList());
    // With a type of its own a student may have the name of another method.
    assertEquals(
        "supervised", read(methods("<name>marginal</name><type>supervised</type>")).get(0).type());
  }

  @Test
  void aPropertySetsAnOptionForAllStudentsOfItsMethod() {
    String pom =
        methods(
            "<name>marginal</name>",
            "<name>own</name><type>marginal</type><exclusionWeight>3</exclusionWeight>");
    assertEquals(
        List.of("0.5", "3"),
        read(pom, "marginal.exclusionWeight=0.5").stream()
            .map(m -> m.options().get("exclusionWeight"))
            .toList());
    assertEquals(
        "0.5",
        read("", "methods=marginal", "marginal.exclusionWeight=0.5")
            .get(0)
            .options()
            .get("exclusionWeight"));
    String message = refusal("", "marginal.exclusionWeight=-2");
    assertTrue(message.startsWith("-Dmskd.marginal.exclusionWeight is -2."), message);
  }

  @Test
  void anOptionOfAnotherMethodIsRefused() {
    assertEquals(
        "<featureWeight> of <method> 1 is not an option of the training method marginal. Its"
            + " options are exclusionWeight.",
        refusal(methods("<name>marginal</name><featureWeight>1</featureWeight>")));
    assertEquals(
        "<temperature> of <method> 1 is not an option of the training method supervised. Remove it:"
            + " that method has no options.",
        refusal(methods("<name>supervised</name><temperature>1</temperature>")));
  }

  @Test
  void aTypeThatIsNotInstalledIsRefused() {
    String message = refusal(methods("<name>mine</name><type>marginals</type>"));
    assertTrue(
        message.startsWith(
            "<type> of <method> 1 is marginals, which is not an installed training method. Did you"
                + " mean marginal?"),
        message);
  }

  @Test
  void whatAllMethodsShareIsNamedWithItsProperty() {
    String message = refusal(methods("<name>mskd</name>"), "featureWeight=-1");
    assertEquals(
        "-Dmskd.featureWeight is -1. Allowed is a number of at least 0; change the element or"
            + " -Dmskd.featureWeight.",
        message);
  }
}
