package org.mskd.report.content;

/**
 * Something about a case that a reader should look at.
 *
 * @param caseId the case
 * @param organ the organ
 * @param model the model that it concerns most
 * @param headline what is seen, such as {@code abd10: kidney is far below the other cases}
 * @param detail the numbers
 * @param severity the larger, the earlier it is shown
 */
public record CaseFinding(
    String caseId, String organ, String model, String headline, String detail, double severity) {}
