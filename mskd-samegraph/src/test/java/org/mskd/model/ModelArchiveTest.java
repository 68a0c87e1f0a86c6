package org.mskd.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.architecture.Architecture;
import org.mskd.architecture.ConditionalUNet2d;
import org.mskd.architecture.DynamicHeadUNet2d;
import org.mskd.architecture.UNet2d;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Preprocessing;
import org.mskd.file.Sha256;
import org.mskd.problem.BadInputException;

class ModelArchiveTest {
  private static final String CARD_TEXT =
      "{\"architecture\":\"unet-2d\",\"inputChannels\":1,\"inputSize\":32,\"kind\":\"student\",\"network\":{\"baseChannels\":8,\"depth\":2,\"neighbours\":{\"distance\":0.0,\"perSide\":0},\"normalization\":\"INSTANCE\"},\"organs\":[\"liver\",\"spleen\"],\"outputs\":3,\"passes\":1,\"preprocessing\":{\"sliceSize\":64,\"targetSpacing\":[1.5],\"windowHigh\":275.0,\"windowLow\":-125.0},\"provenance\":{\"iterations\":\"12\",\"method\":\"mskd\"},\"schema\":1,\"seed\":2021,\"subjects\":[{\"dims\":[512,512,90],\"padded\":true,\"spacing\":[0.75,0.75,5.0]}]}\n";

  @TempDir Path folder;
  private Path file;
  private final List<Tensor> tensors =
      List.of(
          new Tensor("enc0.w", new long[] {1, 2}, new float[] {1f, -2f}),
          new Tensor("dec0.b", new long[] {1}, new float[] {0.25f}));

  @BeforeEach
  void writeOne() {
    file = folder.resolve("model.mskd");
    ModelArchive.write(file, card(), tensors);
  }

  private static ModelCard card() {
    Map<String, Object> subject = new LinkedHashMap<>();
    subject.put("spacing", List.of(0.75, 0.75f, 5.0));
    subject.put("dims", List.of(512, 512L, (short) 90));
    subject.put("padded", true);
    return new ModelCard(
        ModelKind.STUDENT,
        new Network(8, 2, Normalization.INSTANCE),
        List.of("liver", "spleen"),
        new Preprocessing(64, -125, 275, List.of(1.5)),
        32,
        2021,
        new TreeMap<>(Map.of("method", "mskd", "iterations", "12")),
        List.of(subject));
  }

  @Test
  void readsBackWhatWasWritten() {
    Model model = ModelArchive.read(file);
    assertEquals(card(), model.card());
    assertEquals(3, model.card().outputs());
    assertEquals(1, model.card().inputChannels());
    assertEquals(1, model.card().passes());
    assertEquals("unet-2d", model.card().architecture().name());
    assertEquals(List.of("dec0.b", "enc0.w"), List.copyOf(model.tensors().keySet()));
    assertEquals(tensors.get(0), model.tensors().get("enc0.w"));
    assertEquals(tensors.get(1), model.tensors().get("dec0.b"));
  }

  /** So it can be read where the weights are of no use; only what the card says is sure then. */
  @Test
  void theCardIsReadWithoutTheWeights() throws IOException {
    assertEquals(card(), ModelArchive.readCard(file));
    Map<String, byte[]> content = content();
    content.get("weights.safetensors")[9] ^= 1;
    Path damaged = zip(content, ZipEntry.STORED);
    assertEquals(card(), ModelArchive.readCard(damaged));
    assertRefused(damaged, "weights.safetensors is damaged");
    content.get("model.json")[9] ^= 1;
    assertSameRefusal(zip(content, ZipEntry.STORED));
    assertSameRefusal(folder.resolve("none.mskd"));
    assertSameRefusal(Files.writeString(folder.resolve("text.mskd"), "hello"));
    byte[] whole = Files.readAllBytes(file);
    assertSameRefusal(
        Files.write(folder.resolve("half.mskd"), Arrays.copyOf(whole, whole.length / 2)));
  }

  private static void assertSameRefusal(Path archive) {
    String whole =
        assertThrows(BadInputException.class, () -> ModelArchive.read(archive)).getMessage();
    String card =
        assertThrows(BadInputException.class, () -> ModelArchive.readCard(archive)).getMessage();
    assertEquals(whole, card);
  }

  @Test
  void isAnOrdinaryZipOfStoredEntries() throws IOException {
    Path weights = folder.resolve("w");
    SafeTensors.write(weights, tensors, Map.of());
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<? extends ZipEntry> entries = Collections.list(zip.entries());
      assertEquals(
          List.of("model.json", "weights.safetensors", "checksums.json"),
          entries.stream().map(ZipEntry::getName).toList());
      for (ZipEntry entry : entries) {
        assertEquals(ZipEntry.STORED, entry.getMethod());
        assertEquals(entry.getSize(), entry.getCompressedSize());
      }
      assertEquals(CARD_TEXT, text(zip, "model.json"));
      byte[] inZip = zip.getInputStream(zip.getEntry("weights.safetensors")).readAllBytes();
      assertArrayEquals(Files.readAllBytes(weights), inZip);
      assertEquals(
          "{\"model.json\":\""
              + Sha256.of(CARD_TEXT)
              + "\",\"weights.safetensors\":\""
              + Sha256.of(weights)
              + "\"}\n",
          text(zip, "checksums.json"));
    }
    assertEquals(Sha256.of(weights), ModelArchive.read(file).digest());
  }

  @Test
  void equalContentGivesEqualBytesAnywhere() throws IOException {
    TimeZone zone = TimeZone.getDefault();
    Path other = folder.resolve("elsewhere").resolve("other.mskd");
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
      List<Tensor> reversed = new ArrayList<>(tensors);
      Collections.reverse(reversed);
      String digest = ModelArchive.write(other, card(), reversed);
      assertEquals(ModelArchive.read(file).digest(), digest);
    } finally {
      TimeZone.setDefault(zone);
    }
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(other));
  }

  /** Any one byte: either it is noticed, or it changes nothing that is read (a time, a flag). */
  @Test
  void everyDamagedByteIsNoticed() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Model original = ModelArchive.read(file);
    int contentEnds = endOfContent(whole);
    int noticed = 0;
    for (int at = 0; at < whole.length; at++) {
      for (int bit : new int[] {1, 0x80}) {
        byte[] damaged = whole.clone();
        damaged[at] ^= (byte) bit;
        Path copy = Files.write(folder.resolve("damaged.mskd"), damaged);
        try {
          assertEquals(original, ModelArchive.read(copy), "byte " + at + " changed what is read");
          assertTrue(!isContent(whole, at) || at >= contentEnds, "byte " + at + " went unnoticed");
        } catch (BadInputException e) {
          assertTrue(e.problem().contains("damaged.mskd"), e.problem());
          noticed++;
        }
      }
    }
    assertTrue(noticed > whole.length, "only " + noticed + " were noticed");
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 7) {
      Path copy = Files.write(folder.resolve("cut.mskd"), Arrays.copyOf(whole, length));
      assertRefused(copy, "");
    }
  }

  @Test
  void otherEntriesAreRefused() throws IOException {
    Map<String, byte[]> content = content();
    content.put("../../outside.txt", new byte[] {1});
    assertRefused(zip(content, ZipEntry.STORED), "unexpected entry '../../outside.txt'");
    assertFalse(Files.exists(folder.resolve("../../outside.txt")));
    content = content();
    content.put("notes.txt", new byte[] {1});
    assertRefused(zip(content, ZipEntry.STORED), "unexpected entry 'notes.txt'");
  }

  @Test
  void missingEntriesAreRefused() throws IOException {
    for (String name : ModelArchive.ENTRIES) {
      Map<String, byte[]> content = content();
      content.remove(name);
      assertRefused(zip(content, ZipEntry.STORED), "holds no " + name);
    }
  }

  @Test
  void compressedEntriesAreRefused() throws IOException {
    assertRefused(zip(content(), ZipEntry.DEFLATED), "is compressed");
  }

  @Test
  void hugeDeclaredSizesAreRefusedBeforeMemoryIsTaken() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    // The second central directory header: its two sizes at 20 and 24 (APPNOTE 4.3.12).
    int header = nth(bytes, 0x02014b50, 2);
    little.putInt(header + 20, 0x7ffffff0).putInt(header + 24, 0x7ffffff0);
    assertRefused(Files.write(folder.resolve("huge.mskd"), bytes), "declares 2147483632 bytes");
    // A header of nearly 100 MB, under checksums that are right.
    Map<String, byte[]> content = content();
    byte[] weights = content.get("weights.safetensors");
    ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).putLong(99_999_999);
    seal(content);
    assertRefused(zip(content, ZipEntry.STORED), "declares a header of 99999999 bytes");
  }

  @Test
  void checksumsThatDoNotMatchAreRefused() throws IOException {
    for (String name : List.of("model.json", "weights.safetensors")) {
      Map<String, byte[]> content = content();
      content.get(name)[content.get(name).length - 2] ^= 1; // the zip's own CRC will be right
      assertRefused(zip(content, ZipEntry.STORED), name + " is damaged");
    }
    Map<String, byte[]> content = content();
    content.put("checksums.json", "[]".getBytes(StandardCharsets.UTF_8));
    assertRefused(zip(content, ZipEntry.STORED), "checksums.json");
    for (String nothing : List.of("{}", "null", "{\"model.json\":7}")) {
      content.put("checksums.json", nothing.getBytes(StandardCharsets.UTF_8));
      assertRefused(zip(content, ZipEntry.STORED), "model.json is damaged");
    }
  }

  @Test
  void cardsOfAnotherSchemaOrFormAreRefused() throws IOException {
    assertCardRefused(CARD_TEXT.replace("\"schema\":1", "\"schema\":2"), "schema 2");
    assertCardRefused(CARD_TEXT.replace("\"schema\":1", "\"schema\":\"1\""), "schema \"1\"");
    assertCardRefused(CARD_TEXT.replace("\"schema\":1,", ""), "schema");
    assertCardRefused(CARD_TEXT.replace("\"seed\":2021,", ""), "seed");
    assertCardRefused(CARD_TEXT.replace("\"seed\"", "\"sead\""), "seed");
    assertCardRefused(CARD_TEXT.replace("student", "pupil"), "pupil");
    assertCardRefused(CARD_TEXT.replace("student", "teacher"), "organs of a TEACHER");
    assertCardRefused(CARD_TEXT.replace("spleen", "liver"), "organs");
    // Folders of probabilities are named after organs, and must not lie outside the output folder.
    for (String organ :
        List.of("../../spleen", "/tmp/spleen", "a/b", "..", "a\\\\b", "a\\u0000b")) {
      assertCardRefused(CARD_TEXT.replace("spleen", organ), "organs");
    }
    assertCardRefused(CARD_TEXT.replace("\"depth\":2", "\"depth\":-2"), "depth");
    assertCardRefused(CARD_TEXT.replace("\"method\":\"mskd\"", "\"method\":null"), "method");
    assertCardRefused(CARD_TEXT + "x", "model.json");
    assertCardRefused("[1]", "schema");
    assertCardRefused("", "schema");
  }

  /** The text is what version 0.1 wrote before cards had an architecture. */
  @Test
  void cardsWithoutArchitectureAreOfTheUNetOfOneSlice() throws IOException {
    Map<String, byte[]> content = content();
    String old =
        CARD_TEXT
            .replace("\"architecture\":\"unet-2d\",\"inputChannels\":1,", "")
            .replace("\"outputs\":3,\"passes\":1,", "");
    assertTrue(old.startsWith("{\"inputSize\":32,\"kind\""), old);
    content.put("model.json", old.getBytes(StandardCharsets.UTF_8));
    seal(content);
    assertEquals(card(), ModelArchive.read(zip(content, ZipEntry.STORED)).card());
  }

  /** The text is what versions before neighbours wrote. */
  @Test
  void networksWithoutNeighboursReadSingleSlices() throws IOException {
    Map<String, byte[]> content = content();
    String old = CARD_TEXT.replace("\"neighbours\":{\"distance\":0.0,\"perSide\":0},", "");
    assertFalse(old.contains("neighbours"), old);
    content.put("model.json", old.getBytes(StandardCharsets.UTF_8));
    seal(content);
    assertEquals(card(), ModelArchive.read(zip(content, ZipEntry.STORED)).card());
  }

  @Test
  void channelsThatAreNotTheNeighboursAreRefused() throws IOException {
    assertCardRefused(
        CARD_TEXT.replace("Channels\":1", "Channels\":3"),
        "inputChannels is 3, and with 0 neighbours on each side there are 1");
    assertCardRefused(
        CARD_TEXT.replace("perSide\":0", "perSide\":2"),
        "inputChannels is 1, and with 2 neighbours on each side there are 5");
    assertCardRefused(
        CARD_TEXT.replace("perSide\":0", "perSide\":4").replace("Channels\":1", "Channels\":9"),
        "neighbours");
    assertCardRefused(CARD_TEXT.replace("distance\":0.0", "distance\":-1"), "neighbourDistance");
  }

  private static ModelCard student(Architecture architecture) {
    return new ModelCard(
        ModelKind.STUDENT,
        architecture,
        List.of("liver", "spleen"),
        new Preprocessing(64, -125, 275, List.of(1.5)),
        32,
        2021,
        new TreeMap<>(),
        List.of());
  }

  @Test
  void everyArchitectureIsKept() {
    Network network = new Network(8, 2, Normalization.INSTANCE, new Neighbours(2, 3.5));
    Map<Architecture, List<Integer>> outputsPassesAndHeads =
        Map.of(
            new UNet2d(network, 5, 3), List.of(3, 1, 1),
            new ConditionalUNet2d(network, 5, 2), List.of(1, 2, 1),
            new DynamicHeadUNet2d(network, 5, 2), List.of(2, 1, 2));
    outputsPassesAndHeads.forEach(
        (architecture, counts) -> {
          ModelCard card = student(architecture);
          Path other = folder.resolve("other.mskd");
          ModelArchive.write(other, card, tensors);
          ModelCard back = ModelArchive.readCard(other);
          assertEquals(card, back);
          assertEquals(architecture, back.architecture());
          assertEquals(5, back.inputChannels());
          assertEquals(counts, List.of(back.outputs(), back.passes(), back.heads()));
        });
  }

  @Test
  void countsOfAnotherArchitectureAreRefused() throws IOException {
    String conditional =
        CARD_TEXT
            .replace("unet-2d", "unet-2d-conditional")
            .replace("outputs\":3", "outputs\":1")
            .replace("passes\":1", "passes\":2");
    assertCardRefused(
        conditional.replace("passes\":2", "passes\":1"),
        "passes is 1; in a unet-2d-conditional 2 organs need 2");
    assertCardRefused(conditional.replace("outputs\":1", "outputs\":3"), "outputs is 3");
    assertCardRefused(conditional.replace("student", "teacher"), "organs of a");
    assertCardRefused(
        conditional
            .replace("student", "teacher")
            .replace(",\"spleen\"", "")
            .replace("passes\":2", "passes\":1"),
        "architecture of a teacher is 'unet-2d-conditional'");
    assertCardRefused(
        CARD_TEXT.replace("unet-2d", "unet-2d-dynamic-head"),
        "outputs is 3; in a unet-2d-dynamic-head 2 organs need 2");
    assertThrows(
        IllegalArgumentException.class,
        () -> student(new UNet2d(new Network(8, 2, Normalization.INSTANCE), 1, 4)));
  }

  @Test
  void architecturesThatDoNotFitAreRefused() throws IOException {
    assertCardRefused(CARD_TEXT.replace("unet-2d", "unet-9d"), "'unet-9d'");
    assertCardRefused(CARD_TEXT.replace("Channels\":1", "Channels\":0"), "inputChannels is 0");
    assertCardRefused(CARD_TEXT.replace("outputs\":3", "outputs\":4"), "2 organs need 3");
    assertCardRefused(CARD_TEXT.replace("passes\":1", "passes\":0"), "passes is 0");
    assertCardRefused(CARD_TEXT.replace("\"passes\":1,", ""), "passes");
  }

  @Test
  void cardsWithoutInputSizeAreOfWholeSlices() throws IOException {
    Map<String, byte[]> content = content();
    String old = CARD_TEXT.replace("\"inputSize\":32,", "");
    content.put("model.json", old.getBytes(StandardCharsets.UTF_8));
    seal(content);
    ModelCard card = ModelArchive.read(zip(content, ZipEntry.STORED)).card();
    assertEquals(64, card.inputSize());
    assertEquals(card().preprocessing(), card.preprocessing());
    assertCardRefused(old.replace("\"sliceSize\":64,", ""), "sliceSize");
    assertCardRefused(old.replace("\"preprocessing\"", "\"other\""), "\"other\"");
  }

  @Test
  void inputSizesThatTheNetworkCannotSeeAreRefused() throws IOException {
    // Slices of 64 and depth 2: a multiple of 4 up to 64.
    for (String size : List.of("0", "-4", "30", "68", "\"x\"", "null")) {
      assertCardRefused(CARD_TEXT.replace("Size\":32", "Size\":" + size), "inputSize");
    }
  }

  @Test
  void aFileThatIsMissingOrNoZipIsRefused() throws IOException {
    assertRefused(folder.resolve("none.mskd"), "none.mskd is missing");
    assertRefused(folder, "is not a file");
    assertRefused(Files.writeString(folder.resolve("text.mskd"), "hello"), "text.mskd");
    assertRefused(Files.createFile(folder.resolve("empty.mskd")), "empty.mskd");
  }

  @Test
  void cardsHoldWhatJsonCarries() {
    assertThrows(IllegalArgumentException.class, () -> cardOf(Map.of("x", Double.NaN)));
    assertThrows(IllegalArgumentException.class, () -> cardOf(Map.of("x", new int[] {1})));
    assertThrows(IllegalArgumentException.class, () -> cardOf(Map.of("x", Map.of(1, "a"))));
    assertThrows(IllegalArgumentException.class, () -> cardOf(Collections.singletonMap("x", null)));
    assertEquals(
        List.of(Map.of("x", Map.of("y", List.of(1L, 2.5)))),
        cardOf(Map.of("x", Map.of("y", List.of(1, 2.5f)))).subjects());
  }

  private static ModelCard cardOf(Map<String, Object> subject) {
    return new ModelCard(
        ModelKind.TEACHER,
        Network.DEFAULT,
        List.of("liver"),
        Preprocessing.DEFAULT,
        512,
        1,
        new TreeMap<>(),
        List.of(subject));
  }

  private void assertCardRefused(String text, String why) throws IOException {
    Map<String, byte[]> content = content();
    content.put("model.json", text.getBytes(StandardCharsets.UTF_8));
    seal(content);
    assertRefused(zip(content, ZipEntry.STORED), why);
    assertSameRefusal(zip(content, ZipEntry.STORED));
  }

  private static void assertRefused(Path archive, String why) {
    BadInputException thrown =
        assertThrows(BadInputException.class, () -> ModelArchive.read(archive));
    assertTrue(thrown.problem().contains(archive.toString()), thrown.problem());
    assertTrue(thrown.problem().contains(why), thrown.problem() + " lacks " + why);
    assertFalse(thrown.remedy().isBlank());
  }

  private Map<String, byte[]> content() throws IOException {
    Map<String, byte[]> content = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        content.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return content;
  }

  /** Makes the checksums right for content that was changed. */
  private void seal(Map<String, byte[]> content) throws IOException {
    StringBuilder sums = new StringBuilder("{");
    for (String name : List.of("model.json", "weights.safetensors")) {
      Path part = Files.write(folder.resolve("part"), content.get(name));
      sums.append('"').append(name).append("\":\"").append(Sha256.of(part)).append("\",");
    }
    sums.setCharAt(sums.length() - 1, '}');
    content.put("checksums.json", sums.toString().getBytes(StandardCharsets.UTF_8));
  }

  private Path zip(Map<String, byte[]> content, int method) throws IOException {
    Path made = folder.resolve("made.mskd");
    try (OutputStream out = Files.newOutputStream(made);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> part : content.entrySet()) {
        ZipEntry entry = new ZipEntry(part.getKey());
        CRC32 crc = new CRC32();
        crc.update(part.getValue());
        entry.setMethod(method);
        entry.setSize(part.getValue().length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(part.getValue());
        zip.closeEntry();
      }
    }
    return made;
  }

  private static String text(ZipFile zip, String name) throws IOException {
    return new String(
        zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Whether a byte belongs to an entry's content, going by the local headers (APPNOTE 4.3.7). */
  private static boolean isContent(byte[] bytes, int at) {
    ByteBuffer little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int n = 1; n <= 3; n++) {
      int header = nth(bytes, 0x04034b50, n);
      int begin = header + 30 + little.getShort(header + 26) + little.getShort(header + 28);
      if (at >= begin && at < begin + little.getInt(header + 18)) {
        return true;
      }
    }
    return false;
  }

  private static int endOfContent(byte[] bytes) {
    return nth(bytes, 0x02014b50, 1);
  }

  private static int nth(byte[] bytes, int signature, int n) {
    ByteBuffer little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int seen = 0;
    for (int at = 0; at + 4 <= bytes.length; at++) {
      if (little.getInt(at) == signature && ++seen == n) {
        return at;
      }
    }
    throw new IllegalStateException("no signature " + signature);
  }
}
