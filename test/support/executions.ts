/** The machine in small: each case whose execution was told something, or begun, goes on to its next wait. */
import { createHandler as announceOutcome } from "#functions/announce-outcome/handler.ts";
import { createHandler as assessApplication } from "#functions/assess-application/handler.ts";
import { createHandler as awaitFunds } from "#functions/await-funds/handler.ts";
import { createHandler as awaitInformation } from "#functions/await-information/handler.ts";
import { createHandler as publishNotice } from "#functions/publish-notice/handler.ts";
import { createHandler as requestApproval } from "#functions/request-approval/handler.ts";
import { outcomeOf } from "#shared/casework/outcome.ts";
import { parseApplicationId, type ApplicationId } from "#shared/kernel/ids.ts";
import { caseOf, type CaseworkWorld } from "./casework-world.ts";

/** Names of executions and tokens of these tests hold the case's id. */
const idIn = (text: string): ApplicationId => {
  const id = parseApplicationId(/SN[0-9A-Z]{10}/u.exec(text)?.[0] ?? "");
  if (!id) throw new Error(`no case in ${text}`);
  return id;
};

const stepsMax = 5;

/** Runs the tasks that the case's state asks for (workflows/machines/application.asl.json). */
const play = async ({ uses }: CaseworkWorld, id: ApplicationId): Promise<void> => {
  for (let step = 0; step < stepsMax; step += 1) {
    const input = { applicationId: id, taskToken: `again-${step}-${id}` };
    const { outcome } = outcomeOf(await caseOf(uses, { id }));
    switch (outcome) {
      case "reassess":
        await assessApplication(uses)(input);
        continue;
      case "ask":
        return void (await requestApproval(uses)(input));
      case "information":
        return void (await awaitInformation(uses)(input));
      case "funds":
        return void (await awaitFunds(uses)(input));
      case "grass_roots_notice":
      case "notice": {
        const { until } = await publishNotice(uses)(input);
        if (until > uses.clock.now()) return;
        if (outcome === "notice") return void (await announceOutcome(uses)(input));
        await requestApproval(uses)(input);
        return;
      }
      case "ended":
        return void (await announceOutcome(uses)(input));
    }
  }
};

export const playExecutions = async (world: CaseworkWorld): Promise<void> => {
  const told = world.answered.map(({ taskToken }) => idIn(taskToken));
  for (const id of new Set([...told, ...world.started.map(idIn)])) await play(world, id);
};
