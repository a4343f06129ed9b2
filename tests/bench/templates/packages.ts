/**
 * The packages that labelled logs are made of, by name and version.
 *
 * None of them is a project whose logs are in the loghub collection, nor a client of one.
 *
 * @module
 */
import type { Language } from "./extract/language.ts";

/** How a package prints the fields that a structured call is given beside its message. */
export type FieldStyle = "json" | "pairs";

/** Something that logs. */
export interface Package {
  /** Name of the labelled log. */
  name: string;
  language: Language;
  /**
   * What is fetched: `NAME==VERSION` of Python, `GROUP:NAME:VERSION` of Java (its `sources` artifact), `NAME@VERSION` of npm.
   */
  artifacts: string[];
  /** Default: pairs. */
  fields?: FieldStyle;
}

/** What the miner may be looked at with: its lines may be read. */
export const TUNING: readonly Package[] = [
  { name: "celery", language: "python", artifacts: ["celery==5.4.0", "kombu==5.4.0"] },
  { name: "jupyterhub", language: "python", artifacts: ["jupyterhub==5.2.1"] },
  { name: "mopidy", language: "python", artifacts: ["Mopidy==3.4.2"] },
  { name: "certbot", language: "python", artifacts: ["certbot==3.0.1", "acme==3.0.1"] },
  { name: "aiokafka", language: "python", artifacts: ["aiokafka==0.12.0"] },
  { name: "raiden", language: "python", artifacts: ["raiden==3.0.1"] },
  { name: "scrapy", language: "python", artifacts: ["Scrapy==2.12.0"] },
  { name: "errbot", language: "python", artifacts: ["errbot==6.2.0"] },
  {
    name: "jetty",
    language: "java",
    artifacts: [
      "org.eclipse.jetty:jetty-server:11.0.24",
      "org.eclipse.jetty:jetty-io:11.0.24",
      "org.eclipse.jetty:jetty-util:11.0.24",
      "org.eclipse.jetty:jetty-client:11.0.24",
    ],
  },
  { name: "kafka-clients", language: "java", artifacts: ["org.apache.kafka:kafka-clients:3.7.1"] },
  { name: "cassandra", language: "java", artifacts: ["org.apache.cassandra:cassandra-all:4.1.5"] },
  { name: "ignite", language: "java", artifacts: ["org.apache.ignite:ignite-core:2.16.0"] },
  {
    name: "spring",
    language: "java",
    artifacts: [
      "org.springframework:spring-context:5.3.39",
      "org.springframework:spring-beans:5.3.39",
      "org.springframework:spring-web:5.3.39",
      "org.springframework:spring-jms:5.3.39",
      "org.springframework:spring-jdbc:5.3.39",
      "org.springframework:spring-messaging:5.3.39",
    ],
  },
  { name: "flink", language: "java", artifacts: ["org.apache.flink:flink-runtime:1.19.1"] },
  { name: "pm2", language: "npm", artifacts: ["pm2@5.4.2"] },
  { name: "kafkajs", language: "npm", artifacts: ["kafkajs@2.2.4"], fields: "json" },
  { name: "karma", language: "npm", artifacts: ["karma@6.4.4", "webpack-dev-server@5.1.0"] },
  { name: "zigbee-herdsman", language: "npm", artifacts: ["zigbee-herdsman@3.2.5"] },
  { name: "moleculer", language: "npm", artifacts: ["moleculer@0.14.35"] },
  { name: "serverless", language: "npm", artifacts: ["serverless@3.39.0"] },
];

/** What only figures are shown of: nothing is changed for a line of theirs. */
export const UNTOUCHED: readonly Package[] = [
  { name: "patroni", language: "python", artifacts: ["patroni==4.0.4"] },
  { name: "streamlink", language: "python", artifacts: ["streamlink==7.1.2"] },
  { name: "barman", language: "python", artifacts: ["barman==3.12.1"] },
  { name: "distributed", language: "python", artifacts: ["distributed==2024.12.1"] },
  { name: "wandb", language: "python", artifacts: ["wandb==0.19.1"] },
  { name: "zigpy", language: "python", artifacts: ["zigpy==0.73.1", "bellows==0.42.6"] },
  { name: "prefect", language: "python", artifacts: ["prefect==3.1.9"] },
  { name: "kopf", language: "python", artifacts: ["kopf==1.37.3", "apprise==1.9.1"] },
  {
    name: "pinot",
    language: "java",
    artifacts: ["org.apache.pinot:pinot-controller:1.2.0", "org.apache.pinot:pinot-common:1.2.0"],
  },
  {
    name: "ratis",
    language: "java",
    artifacts: [
      "org.apache.ratis:ratis-server:3.1.0",
      "org.apache.ratis:ratis-grpc:3.1.0",
      "org.apache.ratis:ratis-common:3.1.0",
    ],
  },
  {
    name: "keycloak",
    language: "java",
    artifacts: ["org.keycloak:keycloak-services:25.0.4", "org.keycloak:keycloak-model-jpa:25.0.4"],
  },
  {
    name: "rocketmq",
    language: "java",
    artifacts: ["org.apache.rocketmq:rocketmq-broker:5.3.0", "org.apache.rocketmq:rocketmq-store:5.3.0"],
  },
  {
    name: "debezium",
    language: "java",
    artifacts: [
      "io.debezium:debezium-core:2.7.1.Final",
      "io.debezium:debezium-connector-postgres:2.7.1.Final",
    ],
  },
  {
    name: "druid",
    language: "java",
    artifacts: ["org.apache.druid:druid-server:30.0.0", "org.apache.druid:druid-indexing-service:30.0.0"],
  },
  { name: "n8n", language: "npm", artifacts: ["n8n@2.41.3"], fields: "json" },
  { name: "renovate", language: "npm", artifacts: ["renovate@39.100.0"], fields: "json" },
  {
    name: "verdaccio",
    language: "npm",
    artifacts: ["verdaccio@5.33.0", "@verdaccio/local-storage@10.3.3", "@verdaccio/auth@8.0.0-next-8.7"],
  },
  { name: "parse-server", language: "npm", artifacts: ["parse-server@7.4.0"] },
  { name: "signalk", language: "npm", artifacts: ["signalk-server@2.32.0"] },
  { name: "homebridge", language: "npm", artifacts: ["homebridge@1.9.0", "homebridge-config-ui-x@5.28.0"] },
  { name: "matrix-js-sdk", language: "npm", artifacts: ["matrix-js-sdk@34.13.0"] },
];
