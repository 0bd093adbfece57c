/** A file's history: every version, who made it, why, and what it changed. */
import {
  declarationChanges,
  fileForm,
  hasChanges,
  type DeclarationChanges,
} from "#shared/domain/file-content.ts";
import type { RecordedVersion } from "#shared/domain/hardship-file.ts";
import type { Text } from "#shared/kernel/text.ts";
import { dateTime } from "#shared/web/figures.ts";
import { html, lines, type Html } from "#shared/web/html.ts";
import { mayDo, say, type Desk } from "../../frame.ts";
import type { LoadedFile } from "./load.ts";
import { changeNames } from "./words.ts";

const words = {
  title: { zh: "档案历史", en: "History" },
  changed: { zh: "变更了：", en: "Changed: " },
  added: { zh: "新增成员", en: "members added" },
  left: { zh: "减少成员", en: "members left" },
  altered: { zh: "成员信息变更", en: "members changed" },
  people: { zh: "共同生活人数", en: "people in the household" },
  aboveLine: { zh: "人均收入高于标准", en: "income a head above the line" },
  notAbove: { zh: "人均收入不高于标准", en: "income a head not above the line" },
  gone: { zh: "致困原因已消除", en: "the cause is gone" },
  monthsLooked: { zh: "个月", en: " month(s) looked at" },
  hiddenReason: { zh: "（原因按岗位隐去）", en: "(the reason is hidden by role)" },
} as const satisfies Record<string, Text>;

const whatChanged = (desk: Desk, changes: DeclarationChanges): string => {
  const counted = (text: Text, number: number): readonly string[] =>
    number > 0 ? [`${say(desk, text)} ${number}`] : [];
  return [
    ...changes.fields.map((name) => say(desk, fileForm.fields[name].label)),
    ...counted(words.added, changes.membersAdded),
    ...counted(words.left, changes.membersLeft),
    ...counted(words.altered, changes.membersChanged),
    ...(changes.peopleChanged ? [say(desk, words.people)] : []),
  ].join(desk.request.locale === "zh-CN" ? "、" : ", ");
};

const verified = (desk: Desk, { detail }: RecordedVersion): Html =>
  html`<br />${Number(detail["months"])}${say(desk, words.monthsLooked)} ·
    ${say(desk, detail["aboveLine"] === true ? words.aboveLine : words.notAbove)}${
      detail["causeGone"] === true ? html` · ${say(desk, words.gone)}` : null
    }`;

const entry = (
  desk: Desk,
  version: RecordedVersion,
  before: RecordedVersion | undefined,
  nameOf: (id: string) => string,
): Html => {
  const changes = before ? declarationChanges(before.content, version.content) : null;
  const reason = mayDo(desk, "see_facts") ? version.reason : say(desk, words.hiddenReason);
  return html`<li>
    <time datetime="${version.at}">${dateTime(version.at, desk.request.locale)}</time>
    <strong>${say(desk, changeNames[version.change])}</strong>
    <span class="soft">${nameOf(version.by)} · v${version.version}</span>
    ${version.change === "verified" ? verified(desk, version) : null}
    ${
      changes && hasChanges(changes)
        ? html`<br />${say(desk, words.changed)}${whatChanged(desk, changes)}`
        : null
    }
    ${reason === "" ? null : html`<br /><span class="soft">${lines(reason)}</span>`}
  </li> `;
};

/** The newest first. */
export const historyPart = async (
  desk: Desk,
  { file, organisation }: LoadedFile,
): Promise<Html> => {
  const versions = await desk.uses.archive.versions(file);
  const names = new Map(organisation.staff.map(({ id, name }) => [id as string, name]));
  return html`<h2 id="history">${say(desk, words.title)}</h2>
    <ol class="timeline">
      ${versions
        .map((version, place) =>
          entry(desk, version, versions[place - 1], (id) => names.get(id) ?? id),
        )
        .toReversed()}
    </ol>`;
};
