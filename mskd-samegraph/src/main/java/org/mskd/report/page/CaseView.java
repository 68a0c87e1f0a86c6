package org.mskd.report.page;

import java.util.List;

/**
 * A case in the list of cases.
 *
 * @param id its name
 * @param page the file of its page, relative to the list; empty if there is none
 * @param rank {@code lowest}, {@code highest}, or empty
 * @param cells mean Dice, and the Dice of each organ
 */
record CaseView(String id, String page, String rank, List<Cell> cells) {}
